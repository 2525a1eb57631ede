package filon.provisioning.inventory;

/** What can happen to a GPU. {@code reason} is for people and becomes the reason of the state it leads to. */
public sealed interface GpuEvent {
    String reason();

    /** Its host was tried under load, and this GPU did what it should. */
    record BurnInPassed(String reason) implements GpuEvent {}

    /** The operator's settings ask for no burn-in of its host. */
    record BurnInWaived(String reason) implements GpuEvent {}

    /** It still works, but less well than it should. */
    record Weakened(String reason) implements GpuEvent {}

    /** It was seen to fail, or is not there any more. */
    record Broken(String reason) implements GpuEvent {}

    record ExclusionAsked(String reason) implements GpuEvent {}

    record InclusionAsked(String reason) implements GpuEvent {}
}
