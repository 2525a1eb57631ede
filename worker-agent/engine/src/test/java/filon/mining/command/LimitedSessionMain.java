package filon.mining.command;

import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.device.Devices;
import filon.mining.device.FakeNvml;
import filon.mining.device.HeldLimits;
import filon.mining.device.LimitOrder;
import filon.mining.plan.WorkPlan;
import filon.mining.pool.PoolOrder;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/** Mines while a made-up device is held to limits, and prints what is set. Argument: a pool's address, or none to stop short of mining. */
final class LimitedSessionMain {
    private static final String PCI_ID = "0000:01:00.0";

    private LimitedSessionMain() {}

    @SuppressWarnings("resource") // the functions of the fake are called until the very end of the process
    public static void main(String[] arguments) throws InterruptedException {
        PrintWriter out = new PrintWriter(System.out, true);
        FakeNvml fake = new FakeNvml(out::println, PCI_ID);
        try (HeldLimits limits = fake.limitsUntilExit()) {
            limits.hold(FakeNvml.device(0, PCI_ID), new LimitOrder(OptionalInt.of(250), OptionalInt.of(1_410)));
            if (arguments.length == 0) {
                new CountDownLatch(1).await();
            }
            SessionOptions options =
                    new SessionOptions(-1, Terminal.of(MinerCommand.ColorWish.never, true), false, true);
            System.exit(new MiningSession(out, List.of(plan(arguments[0])), options, limits).run());
        }
    }

    private static MiningPlan plan(String address) {
        Pool pool = new Pool(PoolAddress.of(address), "me", "x");
        return new MiningPlan(
                ProofsOfWork.of("sha256d"),
                List.of(Devices.present().getFirst()),
                WorkPlan.of(List.of(PoolOrder.of(pool))),
                Duration.ofMillis(20));
    }
}
