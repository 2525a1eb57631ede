package filon.mining.workload;

import filon.mining.engine.MiningState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Writes a meter as a workload does, second by second, with times that a test chooses. */
public final class MeterPen implements AutoCloseable {
    private final MeterLog log;
    private long n;
    private long hashes;
    private long accepted;

    private MeterPen(MeterLog log) {
        this.log = log;
        this.n = log.lastOfPredecessor().map(MeterRecord::n).orElse(0L);
        this.hashes = log.lastOfPredecessor().map(MeterRecord::hashes).orElse(0L);
        this.accepted = log.lastOfPredecessor().map(MeterRecord::accepted).orElse(0L);
    }

    public static MeterPen on(Path meter) throws IOException {
        return new MeterPen(MeterLog.open(meter));
    }

    public void write(
            String bootId,
            long from,
            long to,
            long wallMillis,
            MiningState state,
            boolean isFinal,
            List<ShareProof> shares)
            throws IOException {
        n++;
        hashes += state == MiningState.RUNNING ? 1_000 : 0;
        accepted += shares.stream()
                .filter(share -> share.verdict().equals("accepted"))
                .count();
        log.append(new MeterRecord(
                n,
                bootId,
                from,
                to,
                wallMillis,
                state,
                "test",
                hashes,
                accepted,
                0,
                0,
                0,
                0,
                1_000,
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                isFinal,
                shares));
    }

    public static ShareProof share(long atNanos, String header, String verdict) {
        return new ShareProof(
                atNanos,
                "job",
                header,
                "f".repeat(64),
                verdict,
                0,
                "",
                1,
                filon.contracts.value.PoolAddress.of("stratum+tcp://127.0.0.1:3333"));
    }

    public Counters counters() {
        return new Counters(hashes, accepted, 0, 0, 0, 0);
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
