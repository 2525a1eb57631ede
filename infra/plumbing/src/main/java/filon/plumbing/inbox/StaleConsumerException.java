package filon.plumbing.inbox;

/** Another consumer of the same name has already handled this record: the fence against zombies. */
final class StaleConsumerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StaleConsumerException(String consumer, RawRecord record) {
        super("consumer " + consumer + " is behind the database at " + record.topic() + "/" + record.partition() + "/"
                + record.offset());
    }
}
