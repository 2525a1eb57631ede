package filon.billing.meter;

import filon.contracts.message.LeaseNotice;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.contracts.value.CustomerId;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What provisioning granted: only usage that fits it is metered. */
public record Lease(
        LeaseId id,
        RentalId rental,
        CustomerId customer,
        long epoch,
        HostId host,
        List<GpuId> gpus,
        Instant grantedAt,
        Instant authorisedUntil) {
    public Lease {
        gpus = List.copyOf(gpus);
    }

    public static Lease of(LeaseNotice.Granted granted) {
        return new Lease(
                granted.leaseId(),
                granted.rentalId(),
                granted.customerId(),
                granted.epoch(),
                granted.hostId(),
                granted.gpuIds(),
                granted.grantedAt(),
                granted.authorisedUntil());
    }

    /** Why usage a host reported is not usage of this lease; empty when it is. */
    public Optional<String> objectionTo(HostId reporter, GpuUsage usage) {
        if (!host.equals(reporter)) {
            return Optional.of("lease " + id + " is host " + host + "'s, not " + reporter + "'s");
        }
        if (usage.epoch() != epoch) {
            return Optional.of("lease " + id + " has epoch " + epoch + ", not " + usage.epoch());
        }
        if (!rental.equals(usage.rentalId())) {
            return Optional.of("lease " + id + " is of rental " + rental + ", not " + usage.rentalId());
        }
        if (!gpus.contains(usage.gpuId())) {
            return Optional.of("lease " + id + " does not include the reported GPU");
        }
        return Optional.empty();
    }
}
