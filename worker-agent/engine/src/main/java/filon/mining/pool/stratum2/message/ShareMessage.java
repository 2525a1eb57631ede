package filon.mining.pool.stratum2.message;

/** What was found, and what became of it. Source: Stratum V2 chapter 5.3.11, 5.3.13, 5.3.14. */
public sealed interface ShareMessage extends Message {
    /**
     * @param sequenceNumber counted by the client in each channel; answers name it
     * @param nonce as in the header, like the time and the version
     */
    record SubmitSharesStandard(long channelId, long sequenceNumber, long jobId, long nonce, long time, long version)
            implements ShareMessage {
        public SubmitSharesStandard {
            Fields.u32("channel_id", channelId);
            Fields.u32("sequence_number", sequenceNumber);
            Fields.u32("job_id", jobId);
            Fields.u32("nonce", nonce);
            Fields.u32("ntime", time);
            Fields.u32("version", version);
        }

        static SubmitSharesStandard of(FieldReader in) throws MalformedMessageException {
            return new SubmitSharesStandard(
                    in.u32("channel_id"),
                    in.u32("sequence_number"),
                    in.u32("job_id"),
                    in.u32("nonce"),
                    in.u32("ntime"),
                    in.u32("version"));
        }

        @Override
        public Frame frame() {
            return MessageType.SUBMIT_SHARES_STANDARD.frame(new FieldWriter()
                    .u32(channelId)
                    .u32(sequenceNumber)
                    .u32(jobId)
                    .u32(nonce)
                    .u32(time)
                    .u32(version));
        }
    }

    /**
     * Of several shares at a time.
     *
     * @param lastSequenceNumber of the newest share that is accepted
     * @param acceptedCount shares since the last such message
     * @param difficultySum of those shares, unsigned
     */
    record SubmitSharesSuccess(long channelId, long lastSequenceNumber, long acceptedCount, long difficultySum)
            implements ShareMessage {
        public SubmitSharesSuccess {
            Fields.u32("channel_id", channelId);
            Fields.u32("last_sequence_number", lastSequenceNumber);
            Fields.u32("new_submits_accepted_count", acceptedCount);
        }

        static SubmitSharesSuccess of(FieldReader in) throws MalformedMessageException {
            return new SubmitSharesSuccess(
                    in.u32("channel_id"),
                    in.u32("last_sequence_number"),
                    in.u32("new_submits_accepted_count"),
                    in.u64("new_shares_sum"));
        }

        @Override
        public Frame frame() {
            return MessageType.SUBMIT_SHARES_SUCCESS.frame(new FieldWriter()
                    .u32(channelId)
                    .u32(lastSequenceNumber)
                    .u32(acceptedCount)
                    .u64(difficultySum));
        }
    }

    /** Of one share. */
    record SubmitSharesError(long channelId, long sequenceNumber, String errorCode) implements ShareMessage {
        public SubmitSharesError {
            Fields.u32("channel_id", channelId);
            Fields.u32("sequence_number", sequenceNumber);
            Fields.text("error_code", errorCode);
        }

        static SubmitSharesError of(FieldReader in) throws MalformedMessageException {
            return new SubmitSharesError(in.u32("channel_id"), in.u32("sequence_number"), in.text("error_code"));
        }

        @Override
        public Frame frame() {
            return MessageType.SUBMIT_SHARES_ERROR.frame(
                    new FieldWriter().u32(channelId).u32(sequenceNumber).text(errorCode));
        }
    }
}
