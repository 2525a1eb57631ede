package filon.provisioning.rate;

import filon.contracts.value.HashRate;
import filon.provisioning.host.HostGpus;
import filon.provisioning.inventory.GpuEvent;
import filon.provisioning.inventory.GpuReason;
import filon.provisioning.rate.RateStore.Known;
import filon.provisioning.safety.Automation;
import filon.provisioning.safety.Safety;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Weakens GPUs that hash too little below what their burn-in measured, for too long without a break. One sample that is fast enough
 * begins the time anew, so that a device near the limit stays healthy; a weakened one comes back by a burn-in alone. When it would act
 * on many hosts at once, more likely something else is wrong, and a person is asked.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class RateWatch {
    private final RateStore store;
    private final HostGpus gpus;
    private final Safety safety;
    private final RateRule rule;

    RateWatch(
            RateStore store,
            HostGpus gpus,
            Safety safety,
            @ConfigProperty(name = "filon.gpu.weakened-percent", defaultValue = "20") int sharePercent) {
        this.store = store;
        this.gpus = gpus;
        this.safety = safety;
        this.rule = new RateRule(sharePercent);
    }

    /** Takes a sample over; of one GPU they come one after the other, the later ones later. */
    public void heard(RateSample sample) {
        if (rule.judges(sample)) {
            store.known(sample.gpu(), sample.algorithm()).ifPresent(known -> judge(sample, known));
        }
    }

    private void judge(RateSample sample, Known known) {
        if (rule.isSlow(sample.rate(), known.median())) {
            slow(sample, known.median(), Slowness.with(known.slowness(), sample.at()));
        } else if (known.slowness().isPresent()) {
            store.forget(sample.gpu());
        }
    }

    private void slow(RateSample sample, HashRate median, Slowness slowness) {
        store.put(sample.gpu(), slowness);
        if (slowness.meansSomething() && safety.mayActOn(Automation.SLOW_GPUS, sample.host())) {
            store.forget(sample.gpu());
            gpus.apply(
                    sample.host(),
                    sample.gpu(),
                    new GpuEvent.Weakened(GpuReason.RATE_FALLEN, why(sample, median, slowness)));
        }
    }

    private String why(RateSample sample, HashRate median, Slowness slowness) {
        return "hashes " + sample.rate() + " of " + sample.algorithm().label() + ", its burn-in measured " + median
                + ": more than " + rule.sharePercent() + " % less in each of " + slowness.samples() + " reports since "
                + slowness.since();
    }
}
