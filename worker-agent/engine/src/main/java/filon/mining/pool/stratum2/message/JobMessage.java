package filon.mining.pool.stratum2.message;

import filon.mining.algorithm.Target;
import java.util.OptionalLong;

/** What is to be searched. Source: Stratum V2 chapter 5.3.15, 5.3.17, 5.3.21. */
public sealed interface JobMessage extends Message {
    /**
     * A header but for what {@link SetNewPrevHash} tells.
     *
     * @param minTime the smallest time to search, at once, upon the last previous hash; empty: wait for the previous hash that names
     *     this job
     * @param version as in the header
     * @param merkleRoot byte[32] as in the header
     */
    record NewMiningJob(long channelId, long jobId, OptionalLong minTime, long version, ByteString merkleRoot)
            implements JobMessage {
        public NewMiningJob {
            Fields.u32("channel_id", channelId);
            Fields.u32("job_id", jobId);
            minTime.ifPresent(time -> Fields.u32("min_ntime", time));
            Fields.u32("version", version);
            Fields.hash("merkle_root", merkleRoot);
        }

        static NewMiningJob of(FieldReader in) throws MalformedMessageException {
            return new NewMiningJob(
                    in.u32("channel_id"),
                    in.u32("job_id"),
                    in.optional("min_ntime"),
                    in.u32("version"),
                    in.u256("merkle_root"));
        }

        @Override
        public Frame frame() {
            return MessageType.NEW_MINING_JOB.frame(new FieldWriter()
                    .u32(channelId)
                    .u32(jobId)
                    .optional(minTime)
                    .u32(version)
                    .u256(merkleRoot));
        }
    }

    /**
     * There is a new block: of all jobs only the named one is worth anything.
     *
     * @param channelId of a channel or a group
     * @param previousHash byte[32] as in the header
     * @param minTime the smallest time to search, seconds since 1970
     * @param bits as in the header
     */
    record SetNewPrevHash(long channelId, long jobId, ByteString previousHash, long minTime, long bits)
            implements JobMessage {
        public SetNewPrevHash {
            Fields.u32("channel_id", channelId);
            Fields.u32("job_id", jobId);
            Fields.hash("prev_hash", previousHash);
            Fields.u32("min_ntime", minTime);
            Fields.u32("nbits", bits);
        }

        static SetNewPrevHash of(FieldReader in) throws MalformedMessageException {
            return new SetNewPrevHash(
                    in.u32("channel_id"), in.u32("job_id"), in.u256("prev_hash"), in.u32("min_ntime"), in.u32("nbits"));
        }

        @Override
        public Frame frame() {
            return MessageType.SET_NEW_PREV_HASH.frame(new FieldWriter()
                    .u32(channelId)
                    .u32(jobId)
                    .u256(previousHash)
                    .u32(minTime)
                    .u32(bits));
        }
    }

    /** Holds for the jobs that follow and for those that wait for their previous hash, not for the running one. */
    record SetTarget(long channelId, Target maximumTarget) implements JobMessage {
        public SetTarget {
            Fields.u32("channel_id", channelId);
        }

        static SetTarget of(FieldReader in) throws MalformedMessageException {
            return new SetTarget(in.u32("channel_id"), in.target("maximum_target"));
        }

        @Override
        public Frame frame() {
            return MessageType.SET_TARGET.frame(new FieldWriter().u32(channelId).target(maximumTarget));
        }
    }
}
