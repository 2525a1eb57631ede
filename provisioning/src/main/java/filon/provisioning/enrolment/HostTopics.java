package filon.provisioning.enrolment;

import filon.contracts.value.HostId;

/** Makes a host's own topics and what each of its enrolments may do at the brokers, and how much of it, and takes the latter away. */
public interface HostTopics {
    /**
     * Makes what is missing; what is there stays. Safe to repeat at any time.
     *
     * @param enrolment whose keys may read and write; those of others get nothing
     * @throws IllegalStateException if the brokers are away or refuse; trying again later can help
     */
    void make(HostId host, int enrolment);

    /**
     * Takes every right from the keys of the first enrolments: their open connections, too, may do nothing from then on. The topics stay,
     * and so does the least quota.
     * Safe to repeat at any time.
     *
     * @param through the last enrolment that loses its rights; 0 for none
     * @throws IllegalStateException if the brokers are away or refuse; trying again later can help
     */
    void withdraw(HostId host, int through);
}
