package filon.provisioning.desired;

import filon.contracts.message.HostOrder;
import filon.contracts.message.Topics;
import filon.contracts.value.HostId;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.outbox.Outbox;
import filon.provisioning.authority.OrderSigner;
import filon.provisioning.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Writes signed orders to a host's desired topic, in the caller's transaction.
 *
 * <p>The generation rises by one with every order to a host. Its row stays locked until the transaction ends, so orders of one
 * host reach the outbox, and therefore the topic, in the order of their generations.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class DesiredState {
    private final Database database;
    private final OrderSigner signer;
    private final Outbox outbox;

    DesiredState(Database database, OrderSigner signer, Outbox outbox) {
        this.database = database;
        this.signer = signer;
        this.outbox = outbox;
    }

    /**
     * @param order makes the order for its generation
     * @return the generation it got
     */
    public long order(HostId host, LongFunction<HostOrder> order) {
        long generation = nextGeneration(host);
        HostOrder made = order.apply(generation);
        byte[] value = MessageCodec.json(signer.sign(made)).getBytes(StandardCharsets.UTF_8);
        outbox.appendRecord(Topics.desired(host), made.slot(), Map.of(), value);
        return generation;
    }

    private long nextGeneration(HostId host) {
        return database.first("""
                        insert into desired_generation (host_id, generation) values (?, 1)
                        on conflict (host_id) do update set generation = desired_generation.generation + 1
                        returning generation
                        """, row -> row.number("generation"), host.value())
                .orElseThrow();
    }
}
