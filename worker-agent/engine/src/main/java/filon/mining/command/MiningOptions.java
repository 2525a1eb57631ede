package filon.mining.command;

import filon.contracts.value.DeviceKind;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.device.Device;
import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.device.LimitOrder;
import filon.mining.engine.MinerOrder;
import filon.mining.plan.Portion;
import filon.mining.plan.WorkPlan;
import filon.mining.pool.PoolOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What to mine, for whom, with which devices: what each part between two {@code --and} has of its own. */
final class MiningOptions {
    private static final String ALL = "all";

    @Mixin
    private PortionOptions portion = new PortionOptions();

    @Option(
            names = "--split",
            paramLabel = "time|devices",
            description = "How --with divides: each device in turns, or whole devices. Default: time.")
    private Split split = Split.time;

    @Option(
            names = "--slice-seconds",
            paramLabel = "N",
            description = "How long a turn of --split time is, 1 to 86400. Default: 60.")
    private int sliceSeconds = (int) WorkPlan.SLICE_USUAL.toSeconds();

    @Option(
            names = "--algorithm",
            paramLabel = "ALGORITHM",
            completionCandidates = Labels.class,
            description = "What to mine, one of: ${COMPLETION-CANDIDATES}. Default: sha256d.")
    private String algorithm = "sha256d";

    @Option(
            names = "--device",
            paramLabel = "INDEX|NAME|PCI",
            split = ",",
            description =
                    "Which device; to mine or burn in also several with commas, or all. Default: the first; to mine or burn in all GPUs.")
    private List<String> devices = List.of();

    @Option(
            names = "--batch-millis",
            paramLabel = "N",
            description = "How long a batch is wanted to take, 1 to 10000. Default: 20 to mine, 100 for --benchmark.")
    private Integer batchMillis;

    @Option(
            names = "--power-limit",
            paramLabel = "WATTS",
            description = "The most each device may take, until the end (--pool; NVIDIA, root). Default: as it is.")
    private Integer powerLimit;

    @Option(
            names = "--lock-clock",
            paramLabel = "MHZ",
            description =
                    "The clock each device's cores keep, until the end (--pool; NVIDIA, root). Default: as it is.")
    private Integer lockClock;

    /** Spelt as it is typed. */
    enum Split {
        time(WorkPlan.Split.TIME),
        devices(WorkPlan.Split.DEVICES);

        private final WorkPlan.Split split;

        Split(WorkPlan.Split split) {
            this.split = split;
        }
    }

    /** Every algorithm's name, for the help. */
    static final class Labels implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ProofsOfWork.all().stream().map(ProofOfWork::name).iterator();
        }
    }

    boolean isAsked() {
        return portion.pools().isAsked();
    }

    /**
     * @param isTest whether a pool is only tried
     * @throws IllegalArgumentException where something goes with a pool only and there is none
     */
    void requireWhole(boolean isTest) {
        portion.requireWhole(isTest);
        if (!isAsked() && (powerLimit != null || lockClock != null)) {
            throw new IllegalArgumentException("--power-limit and --lock-clock go with --pool only");
        }
    }

    /**
     * What is asked to be mined.
     *
     * @param others the portions behind {@code --with}
     */
    MiningPlan plan(List<PortionOptions> others) {
        if (!isAsked()) {
            throw new IllegalArgumentException("after --and comes another --pool to mine for");
        }
        int millis = batchMillis((int) MinerOrder.BATCH_USUAL.toMillis());
        requireWithin("--batch-millis", millis, 1, 10_000);
        requireWithin("--slice-seconds", sliceSeconds, 1, 86_400);
        List<Portion> portions = new ArrayList<>(List.of(portion.portion(1)));
        others.forEach(other -> portions.add(other.portion(portions.size() + 1)));
        WorkPlan work = new WorkPlan(portions, split.split, Duration.ofSeconds(sliceSeconds));
        return new MiningPlan(ProofsOfWork.of(algorithm), miningDevices(), work, Duration.ofMillis(millis));
    }

    ProofOfWork algorithm() {
        return ProofsOfWork.of(algorithm);
    }

    /** A pool to be tried, with the user and the trust that are given. */
    PoolOrder poolOf(String url) {
        return portion.pools().orderOf(url);
    }

    /** Those to be tried, each of them once. */
    List<Device> trialDevices() {
        return miningDevices().stream().distinct().toList();
    }

    private List<Device> miningDevices() {
        List<Device> present = Devices.present();
        if (devices.equals(List.of(ALL))) {
            return present;
        }
        if (!devices.isEmpty()) {
            return devices.stream()
                    .map(text -> Devices.select(DeviceSelector.of(text)))
                    .toList();
        }
        List<Device> gpus =
                present.stream().filter(each -> each.kind() == DeviceKind.GPU).toList();
        return gpus.isEmpty() ? List.of(present.getFirst()) : gpus;
    }

    /** What the devices are held to meanwhile. */
    LimitOrder limits() {
        return new LimitOrder(within("--power-limit", powerLimit, 10_000), within("--lock-clock", lockClock, 10_000));
    }

    private static OptionalInt within(String option, Integer value, int most) {
        if (value == null) {
            return OptionalInt.empty();
        }
        requireWithin(option, value, 1, most);
        return OptionalInt.of(value);
    }

    int batchMillis(int usual) {
        return batchMillis == null ? usual : batchMillis;
    }

    /** The one device that is not for mining. */
    Device device() {
        if (devices.size() > 1 || devices.contains(ALL)) {
            throw new IllegalArgumentException("--device " + String.join(",", devices) + " is more than one device");
        }
        return Devices.select(devices.isEmpty() ? DeviceSelector.first() : DeviceSelector.of(devices.getFirst()));
    }

    static void requireWithin(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " " + value + " is not within " + least + " to " + most);
        }
    }
}
