package filon.simulation.burnin;

import filon.agent.burnin.BurnInFolder;
import filon.agent.disk.Disk;
import filon.mining.burnin.DeviceResult;
import filon.plumbing.codec.MessageCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** A burn-in's files, written as the engine writes them; a disk that is full takes nothing. */
record BurnInFiles(BurnInFolder folder, Disk disk) {
    /** More than a line of either file takes. */
    private static final long LINE_BYTES = 4_096;

    /** Leaves nothing of an earlier burn-in. */
    static BurnInFiles begin(BurnInFolder folder, Disk disk) throws IOException {
        Files.writeString(folder.results(), "");
        Files.writeString(folder.progress(), "");
        return new BurnInFiles(folder, disk);
    }

    /** Nobody reads any but the last line. */
    void say(String progress) throws IOException {
        disk.requireRoom(LINE_BYTES);
        Files.writeString(folder.progress(), progress + "\n");
    }

    void results(List<DeviceResult> results) throws IOException {
        disk.requireRoom(LINE_BYTES * results.size());
        Files.write(folder.results(), results.stream().map(MessageCodec::json).toList());
    }
}
