package filon.practice;

import filon.practice.dialect.Push;
import filon.practice.fault.ActiveFaults;
import filon.practice.fault.Fault;
import filon.practice.fault.FaultScript;
import filon.practice.fault.FaultScript.Start;
import filon.practice.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Lets one pool's faults begin, act and end. Its pool gives it turns. */
final class Troubles {
    private static final int GARBAGE_MAX_BYTES = 200;

    private final PracticePool pool;
    private final ActiveFaults active = new ActiveFaults();
    private final SplittableRandom random;
    private final List<FaultScript.Planned> byLine = new ArrayList<>();
    private long lines;

    Troubles(PracticePool pool, long seed) {
        this.pool = pool;
        this.random = new SplittableRandom(seed ^ 0xfa0175);
    }

    ActiveFaults active() {
        return active;
    }

    void plan(FaultScript script) {
        for (FaultScript.Planned planned : script.faults()) {
            switch (planned.start()) {
                case Start.After after -> later(after.time(), () -> begin(planned.fault(), planned.duration()));
                case Start.AtLine _ -> byLine.add(planned);
            }
        }
    }

    private void later(Duration delay, Runnable task) {
        pool.time().scheduler().after(delay, task);
    }

    /** One more line of the pool; what begins with it begins after it. */
    void said() {
        lines++;
        List<FaultScript.Planned> due = byLine.stream()
                .filter(planned -> planned.start() instanceof Start.AtLine at && at.line() <= lines)
                .toList();
        byLine.removeAll(due);
        due.forEach(planned -> later(Duration.ZERO, () -> begin(planned.fault(), planned.duration())));
    }

    /** @param duration zero: for ever */
    void begin(Fault fault, Duration duration) {
        pool.report("fault begins: " + fault + (duration.isZero() ? "" : " for " + duration));
        ActiveFaults.Ongoing begun = active.begin(fault);
        act(begun, duration);
        if (!duration.isZero()) {
            later(duration, () -> end(begun));
        } else if (!lasts(fault)) {
            end(begun);
        }
    }

    /** Whether it goes on until it is ended, and not just until it is done. */
    private static boolean lasts(Fault fault) {
        return switch (fault) {
            case Fault.Disconnect _,
                    Fault.Garbage _,
                    Fault.HugeLine _,
                    Fault.DifficultyStorm _,
                    Fault.ExtranonceChange _,
                    Fault.CleanStorm _ -> false;
            case Fault.Delay _,
                    Fault.Silence _,
                    Fault.StopReading _,
                    Fault.Drip _,
                    Fault.WrongIds _,
                    Fault.Reorder _,
                    Fault.ReconnectLoop _,
                    Fault.RejectAll _,
                    Fault.NoVerdicts _,
                    Fault.AnswerTwice _ -> true;
        };
    }

    private void act(ActiveFaults.Ongoing begun, Duration duration) {
        switch (begun.fault()) {
            case Fault.Disconnect disconnect -> pool.disconnect(ending(disconnect));
            case Fault.Garbage garbage -> repeat(begun, duration, garbage.lines(), _ -> pool.sayRaw(this::garbage));
            case Fault.HugeLine huge -> pool.sayRaw(() -> new HugeLine(huge.bytes()));
            case Fault.DifficultyStorm storm -> repeat(begun, duration, storm.changes(), i -> difficulty(storm, i));
            case Fault.ExtranonceChange change ->
                repeat(begun, duration, change.changes(), _ -> {
                    pool.push(new Push.Extranonce(0, false));
                    pool.refreshJob();
                });
            case Fault.CleanStorm storm -> repeat(begun, duration, storm.jobs(), _ -> pool.newBlock());
            case Fault.ReconnectLoop loop -> pool.sendAway(move(loop));
            case Fault.StopReading _ -> pool.reading(false);
            // these change what is said while they last
            case Fault.Delay _,
                    Fault.Silence _,
                    Fault.Drip _,
                    Fault.WrongIds _,
                    Fault.Reorder _,
                    Fault.RejectAll _,
                    Fault.NoVerdicts _,
                    Fault.AnswerTwice _ -> {}
        }
    }

    private static Wire.Ending ending(Fault.Disconnect disconnect) {
        return disconnect.reset() ? Wire.Ending.RESET : Wire.Ending.FINISHED;
    }

    private static Push.Reconnect move(Fault.ReconnectLoop loop) {
        return new Push.Reconnect(loop.host(), loop.port(), 0);
    }

    /** Something of a series, by its number from 0 on. */
    private interface Step {
        void take(int number);
    }

    /** So often, evenly over the duration. */
    private void repeat(ActiveFaults.Ongoing begun, Duration duration, int times, Step step) {
        step(begun, duration.dividedBy(times), times, 0, step);
    }

    private void step(ActiveFaults.Ongoing begun, Duration pause, int times, int first, Step step) {
        int number = first;
        while (number < times && active.all().contains(begun)) {
            step.take(number);
            number++;
            if (!pause.isZero()) {
                int next = number;
                later(pause, () -> step(begun, pause, times, next, step));
                return;
            }
        }
    }

    /** Half of the changes make it harder; the last one ends where it began. */
    private void difficulty(Fault.DifficultyStorm storm, int number) {
        double usual = pool.plan().difficulty();
        boolean last = number == storm.changes() - 1;
        pool.setDifficulty(last ? usual : number % 2 == 0 ? usual * (2 + random.nextInt(6)) : usual / 2);
    }

    private Iterator<byte[]> garbage() {
        byte[] bytes = new byte[1 + random.nextInt(GARBAGE_MAX_BYTES)];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '\n' ? 0 : bytes[i];
        }
        String text =
                switch (random.nextInt(6)) {
                    case 0 -> "{\"id\":1,\"result\":";
                    case 1 -> "[[[[[[[[[[[[[[[[[[[[";
                    case 2 -> "42";
                    case 3 -> "{\"id\":{},\"method\":[],\"params\":7}";
                    case 4 -> "HTTP/1.1 400 Bad Request\r";
                    default -> "";
                };
        byte[] line = text.isEmpty() ? bytes : text.getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(line, line.length + 1);
        whole[line.length] = '\n';
        return List.of(whole).iterator();
    }

    /** Ends every fault that lasts. */
    void endAll() {
        active.all().forEach(this::end);
    }

    private void end(ActiveFaults.Ongoing fault) {
        if (!active.end(fault)) {
            return;
        }
        pool.report("fault ends: " + fault.fault());
        if (fault.fault() instanceof Fault.StopReading && !active.has(Fault.StopReading.class)) {
            pool.reading(true);
        }
    }

    /** How a new connection ends at once, if it does. */
    Optional<Wire.Ending> refusal() {
        return active.find(Fault.Disconnect.class).map(Troubles::ending);
    }

    /** Where a miner is sent as soon as it is ready, if it is. */
    Optional<Push.Reconnect> sendingAway() {
        return active.find(Fault.ReconnectLoop.class).map(Troubles::move);
    }
}
