package filon.provisioning.inventory;

import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;

/** Somebody else has the GPU, or it must not be leased any more: the transaction that wanted it must undo everything and choose again. */
public final class GpuTakenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public GpuTakenException(GpuId gpu, LeaseId wanted) {
        super("GPU " + gpu + " was taken or set aside before lease " + wanted + " could have it");
    }
}
