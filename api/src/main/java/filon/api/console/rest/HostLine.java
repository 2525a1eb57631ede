package filon.api.console.rest;

import filon.api.console.Figures;
import filon.api.console.Shown;
import filon.api.console.Tone;
import filon.api.fleet.Gpu;
import filon.api.fleet.Host;
import filon.api.fleet.Live;
import filon.contracts.value.HashRate;
import filon.contracts.value.Owner;
import filon.contracts.value.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A host as a card of a page. */
record HostLine(
        String id,
        String name,
        String site,
        String state,
        String tone,
        String reason,
        Shown since,
        String whoseMove,
        String code,
        String owner,
        String nextStep,
        Shown rate,
        String agent,
        Shown heard,
        boolean isSilent,
        List<GpuLine> gpus) {
    private static final Duration SILENCE = Duration.ofMinutes(1);

    /** A GPU as a row of its host's card. */
    record GpuLine(
            String id,
            String name,
            String kind,
            String condition,
            String conditionReason,
            Shown memory,
            String rental,
            String work,
            String tone,
            Shown rate,
            Shown accepted,
            Shown rejected,
            String temperature,
            Shown power,
            Shown at) {
        static GpuLine of(Host host, Gpu gpu, Instant now) {
            Optional<Live> live = gpu.live().filter(reading -> !gpu.isFree());
            return new GpuLine(
                    gpu.id().value(),
                    gpu.name(),
                    gpu.kind().name(),
                    condition(gpu).map(Standing::state).orElse(""),
                    condition(gpu)
                            .map(standing ->
                                    standing.code() + ": " + standing.reason() + "; next: " + standing.nextStep())
                            .orElse(""),
                    Figures.memory(gpu.memoryBytes()),
                    gpu.rental()
                            .map(rental -> rental.toString().substring(0, 8))
                            .orElse(""),
                    gpu.isFree() ? idle(host) : live.map(GpuLine::work).orElse("no word yet"),
                    gpu.isFree() ? "over" : live.filter(GpuLine::isRunning).isPresent() ? "good" : "warn",
                    Figures.rate(live.map(Live::hashRateNow).orElse(HashRate.ZERO)),
                    Figures.count(live.map(Live::acceptedShares).orElse(0L)),
                    Figures.count(live.map(Live::rejectedShares).orElse(0L)),
                    Figures.temperature(gpu.live().flatMap(Live::temperatureCelsius)),
                    Figures.power(gpu.live().flatMap(Live::powerMilliwatts)),
                    gpu.live()
                            .map(reading -> Figures.ago(reading.at(), now))
                            .orElse(new Shown("–", "nothing was heard")));
        }

        /** What staff have to know of the device itself: nothing of one that is as it should be. */
        private static Optional<Standing> condition(Gpu gpu) {
            return gpu.standing().filter(standing -> standing.owner() != Owner.NOBODY);
        }

        private static String idle(Host host) {
            return host.takesRentals() ? "free" : "out of use";
        }

        private static boolean isRunning(Live live) {
            return live.isFresh() && live.state().equals("RUNNING");
        }

        private static String work(Live live) {
            String word = live.state().toLowerCase(Locale.ROOT).replace('_', ' ');
            return live.isFresh() ? word : "silent, last " + word;
        }
    }

    private static String owner(Host host) {
        return host.standing()
                .map(standing -> standing.owner().name().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    static HostLine of(Host host, Instant now) {
        return new HostLine(
                host.id().toString(),
                host.name(),
                host.site(),
                host.state(),
                Tone.of(host.state()).style(),
                host.reason(),
                Figures.lasting(host.since(), now),
                host.whoseMove(),
                host.standing().map(Standing::code).orElse(""),
                owner(host),
                host.standing().map(Standing::nextStep).orElse(""),
                Figures.rate(host.hashRateNow()),
                host.agentVersion().orElse("not heard yet"),
                host.heardAt().map(at -> Figures.ago(at, now)).orElse(new Shown("never", "its agent was never heard")),
                host.takesRentals()
                        && host.heardAt().filter(now.minus(SILENCE)::isBefore).isEmpty(),
                host.gpus().stream().map(gpu -> GpuLine.of(host, gpu, now)).toList());
    }
}
