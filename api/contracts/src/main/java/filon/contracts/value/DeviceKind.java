package filon.contracts.value;

/** What an OpenCL device is; an offer sells one kind. */
public enum DeviceKind {
    GPU,
    CPU,
    ACCELERATOR
}
