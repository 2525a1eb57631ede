package filon.practice;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The practice pool on the command line; runs until it is stopped. */
public final class PracticePoolMain {
    private static final int USAGE = 64;
    private static final int UNAVAILABLE = 69;
    private static final Clock CLOCK = Clock.systemUTC();

    private PracticePoolMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Options options;
        List<Plan> plans;
        try {
            options = new Options(List.of(arguments));
            if (options.wantsHelp()) {
                System.out.print(Options.help());
                return;
            }
            plans = options.plans();
            options.port(plans.size() - 1);
        } catch (IllegalArgumentException e) {
            System.err.println("practice pool: " + e.getMessage() + "\n--help says more");
            System.exit(USAGE);
            return;
        }
        try {
            start(options, plans);
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(UNAVAILABLE);
            return;
        }
        new CountDownLatch(1).await();
    }

    private static void start(Options options, List<Plan> plans) throws IOException {
        Encryption encryption = Encryption.NONE;
        if (options.wantsTls()) {
            SelfSigned certificate = SelfSigned.of(options.tlsName(), CLOCK);
            encryption = certificate;
            System.out.println("certificate for " + options.tlsName() + ", SHA-256 " + certificate.fingerprint());
        }
        List<PracticeServer> servers = new ArrayList<>();
        for (Plan plan : plans) {
            PracticeServer.Place place =
                    new PracticeServer.Place(options.host(), options.port(servers.size()), encryption);
            servers.add(PracticeServer.started(place, plan, CLOCK, report(options.wantsLog(), plan)));
            System.out.println(announcement(servers.getLast()));
        }
        if (!plans.getFirst().faults().faults().isEmpty()) {
            System.out.println("faults: " + plans.getFirst().faults().text());
        }
    }

    private static String announcement(PracticeServer server) {
        Plan plan = server.pool().plan();
        return "practice pool listening on " + server.url() + ", "
                + plan.dialect().text() + ", "
                + plan.algorithm().name() + "; try: worker-agent/filon-miner --pool " + server.url()
                + " --user demo.1 --algorithm " + plan.algorithm().name();
    }

    private static Consumer<String> report(boolean on, Plan plan) {
        return on
                ? line -> System.out.println(
                        LocalTime.now(Clock.systemDefaultZone()).truncatedTo(ChronoUnit.MILLIS) + " "
                                + plan.dialect().text() + " " + line)
                : line -> {};
    }
}
