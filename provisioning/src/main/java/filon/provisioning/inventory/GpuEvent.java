package filon.provisioning.inventory;

/** What can happen to a GPU. {@code reason} is for people and becomes the reason of the state it leads to. */
public sealed interface GpuEvent {
    String reason();

    /** Its host was tried under load, and this GPU did what it should. */
    record BurnInPassed(String reason) implements GpuEvent {}

    /** The operator's settings ask for no burn-in of its host. */
    record BurnInWaived(String reason) implements GpuEvent {}

    /** It still works, but less well than it should. */
    record Weakened(GpuReason code, String reason) implements GpuEvent {
        public Weakened {
            require(code, "Degraded");
        }

        /** Because of something that has no code of its own. */
        public Weakened(String reason) {
            this(GpuReason.FAULT_FOUND, reason);
        }
    }

    /** It was seen to fail, or is not there any more. */
    record Broken(GpuReason code, String reason) implements GpuEvent {
        public Broken {
            require(code, "Failed");
        }

        /** Because of something that has no code of its own. */
        public Broken(String reason) {
            this(GpuReason.FAULT_FOUND, reason);
        }
    }

    record ExclusionAsked(String reason) implements GpuEvent {}

    record InclusionAsked(String reason) implements GpuEvent {}

    private static void require(GpuReason code, String state) {
        if (!code.belongsTo(state)) {
            throw new IllegalArgumentException("a GPU is not " + state + " because of " + code);
        }
    }
}
