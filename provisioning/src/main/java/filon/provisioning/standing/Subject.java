package filon.provisioning.standing;

import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;

/** What moved: a kind of thing, and its id as text. */
public record Subject(Kind kind, String id) {
    /** The things whose moves are recorded. */
    public enum Kind {
        HOST,
        GPU,
        LEASE,
        WORKLOAD
    }

    public static Subject of(HostId host) {
        return new Subject(Kind.HOST, host.toString());
    }

    public static Subject of(GpuId gpu) {
        return new Subject(Kind.GPU, gpu.value());
    }

    public static Subject of(LeaseId lease) {
        return new Subject(Kind.LEASE, lease.toString());
    }

    /** One GPU of a lease. */
    public static Subject of(LeaseId lease, GpuId gpu) {
        return new Subject(Kind.WORKLOAD, lease + "/" + gpu.value());
    }
}
