package filon.provisioning.enrolment;

import filon.contracts.value.HostId;

/** Makes a host's own topics and access rules. */
public interface HostTopics {
    /**
     * Makes what is missing; what is there stays. Safe to repeat at any time.
     *
     * @throws IllegalStateException if the brokers are away or refuse; trying again later can help
     */
    void make(HostId host);
}
