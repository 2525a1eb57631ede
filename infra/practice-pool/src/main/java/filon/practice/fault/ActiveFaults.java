package filon.practice.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults that last at this time; two of a kind may overlap. Not safe for several threads: its pool guards it. */
public final class ActiveFaults {
    private final List<Ongoing> ongoing = new ArrayList<>();

    /** One fault from its begin to its end. */
    public static final class Ongoing {
        private final Fault fault;

        private Ongoing(Fault fault) {
            this.fault = fault;
        }

        public Fault fault() {
            return fault;
        }
    }

    public Ongoing begin(Fault fault) {
        Ongoing begun = new Ongoing(fault);
        ongoing.add(begun);
        return begun;
    }

    /** Whether it had not ended before. */
    public boolean end(Ongoing fault) {
        return ongoing.remove(fault);
    }

    public boolean has(Class<? extends Fault> kind) {
        return find(kind).isPresent();
    }

    /** The one of this kind that began last. */
    public <F extends Fault> Optional<F> find(Class<F> kind) {
        return ongoing.reversed().stream()
                .map(Ongoing::fault)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    public List<Ongoing> all() {
        return List.copyOf(ongoing);
    }
}
