package filon.mining.engine;

import java.io.PrintStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An agent that makes a JVM say on its standard error where it connects or sends to, before the JDK's native code does:
 * {@code connect /127.0.0.1:80}, {@code send /127.0.0.1:53}. Sockets and channels of all kinds come through these two natives.
 */
public final class ConnectionRecorder implements ClassFileTransformer {
    static final String CONNECT = "connect ";
    static final String SEND = "send ";

    private static final ClassDesc ADDRESS = ClassDesc.of(InetAddress.class.getName());
    private static final ClassDesc ADDRESS_AND_PORT = ClassDesc.of(InetSocketAddress.class.getName());
    private static final ClassDesc PRINT_STREAM = ClassDesc.of(PrintStream.class.getName());
    private static final ClassDesc SYSTEM = ClassDesc.of(System.class.getName());
    private static final List<Door> DOORS = List.of(
            new Door("sun/nio/ch/Net", "connect0", CONNECT, ADDRESS),
            new Door("sun/nio/ch/DatagramChannelImpl", "send0", SEND, ADDRESS_AND_PORT));

    private final Set<Door> watched = ConcurrentHashMap.newKeySet();

    /**
     * A native where packets leave the JDK.
     *
     * @param address what type the address has that its caller is given; the port follows where it is not in it
     */
    private record Door(String className, String nativeName, String said, ClassDesc address) {
        boolean isPassedBy(CodeElement element) {
            return element instanceof InvokeInstruction call && call.name().equalsString(nativeName);
        }
    }

    private ConnectionRecorder() {}

    /** @throws IllegalStateException if this JDK is not made as this agent believes; the JVM then ends */
    public static void premain(String arguments, Instrumentation instrumentation)
            throws ClassNotFoundException, UnmodifiableClassException {
        ConnectionRecorder recorder = new ConnectionRecorder();
        instrumentation.addTransformer(recorder, true);
        for (Door door : DOORS) {
            instrumentation.retransformClasses(Class.forName(door.className().replace('/', '.')));
        }
        if (recorder.watched.size() < DOORS.size()) {
            throw new IllegalStateException("this JDK connects otherwise than by " + DOORS);
        }
    }

    /** The interface's contract: null leaves a class as it is. */
    @Override
    public byte[] transform(
            ClassLoader loader, String className, Class<?> self, ProtectionDomain domain, byte[] original) {
        return DOORS.stream()
                .filter(door -> door.className().equals(className))
                .findFirst()
                .map(door -> watching(door, original))
                .orElse(null);
    }

    private byte[] watching(Door door, byte[] original) {
        ClassFile files = ClassFile.of();
        return files.transformClass(files.parse(original), (builder, element) -> watch(door, builder, element));
    }

    private void watch(Door door, ClassBuilder builder, ClassElement element) {
        if (element instanceof MethodModel caller) {
            builder.transformMethod(caller, MethodTransform.transformingCode(watching(door, caller)));
        } else {
            builder.with(element);
        }
    }

    private CodeTransform watching(Door door, MethodModel caller) {
        return (code, element) -> {
            if (door.isPassedBy(element)) {
                say(door, caller, code);
                watched.add(door);
            }
            code.with(element);
        };
    }

    /** {@code System.err.println(said.concat(String.valueOf(address)).concat(":" + port))} */
    private static void say(Door door, MethodModel caller, CodeBuilder code) {
        int parameter = caller.methodTypeSymbol().parameterList().indexOf(door.address());
        int slot = code.parameterSlot(parameter);
        code.getstatic(SYSTEM, "err", PRINT_STREAM).loadConstant(door.said());
        appendAsText(code.aload(slot), ConstantDescs.CD_Object);
        if (door.address().equals(ADDRESS)) {
            code.loadConstant(":");
            append(code);
            appendAsText(code.iload(slot + TypeKind.REFERENCE.slotSize()), ConstantDescs.CD_int);
        }
        code.invokevirtual(PRINT_STREAM, "println", MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String));
    }

    private static void appendAsText(CodeBuilder code, ClassDesc type) {
        MethodTypeDesc valueOf = MethodTypeDesc.of(ConstantDescs.CD_String, type);
        append(code.invokestatic(ConstantDescs.CD_String, "valueOf", valueOf));
    }

    private static void append(CodeBuilder code) {
        MethodTypeDesc concat = MethodTypeDesc.of(ConstantDescs.CD_String, ConstantDescs.CD_String);
        code.invokevirtual(ConstantDescs.CD_String, "concat", concat);
    }
}
