package filon.provisioning;

import filon.contracts.message.FleetReport.Gpu;
import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.Algorithm;
import filon.contracts.value.CustomerId;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.contracts.value.RentalId;
import filon.contracts.value.Sku;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Values that tests of several features need. */
public final class Samples {
    private Samples() {}

    public static Order order(String offer, int gpuCount) {
        return new Order(
                CustomerId.of("cleo"),
                Sku.of(offer),
                gpuCount,
                Algorithm.SHA256D,
                List.of(new Pool(PoolAddress.of("stratum+tcp://pool.example.org:3333"), "wallet.worker", "x")),
                MicroEuro.of(360_000),
                1);
    }

    public static RentalId rental() {
        return RentalId.of(UUID.randomUUID());
    }

    public static List<Gpu> gpus(HostId host, DeviceKind kind, int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> new Gpu(
                        GpuId.of(host + "-" + index),
                        "device " + index,
                        "vendor",
                        "platform",
                        "1.0",
                        kind,
                        1L << 30,
                        2,
                        null))
                .toList();
    }
}
