package filon.mining.command;

import filon.mining.plan.Portion;
import filon.mining.plan.Schedule;
import java.time.ZoneId;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A portion of the work: what each part between two {@code --with} has of its own. */
final class PortionOptions {
    @Mixin
    private PoolOptions pools = new PoolOptions();

    @Option(
            names = "--weight",
            paramLabel = "N",
            description = "How much of the work these pools get beside those after --with. Default: 1.")
    private int weight = 1;

    @Option(
            names = "--when",
            paramLabel = "HOURS",
            description = {
                "When these pools are worked for: always, otherwise (when no others are), or windows by the local clock",
                "like \"Mon-Fri 22:00-06:00, Sat 10:00-12:30\". Default: always."
            })
    private String when = "always";

    PoolOptions pools() {
        return pools;
    }

    /**
     * @param place counts the portions of a plan from 1 on
     * @throws IllegalArgumentException naming what is wrong
     */
    Portion portion(int place) {
        if (!pools.isAsked()) {
            throw new IllegalArgumentException("after --with come other pools to mine for, with --pool");
        }
        String name = pools.user().isEmpty() ? "portion " + place : place + " " + pools.user();
        return new Portion(name, pools.orders(), weight, Schedule.of(when, ZoneId.systemDefault()));
    }

    /** @throws IllegalArgumentException where something goes with pools only and there are none */
    void requireWhole(boolean isTest) {
        pools.requireWhole(isTest);
        if (!pools.isAsked() && (weight != 1 || !when.equals("always"))) {
            throw new IllegalArgumentException("--weight and --when go with --pool only");
        }
    }
}
