package twostacks.analysis.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * What a page shows, in blocks that are compressed one by one. The page finds a header (JSON) in the first, which says
 * what the others are.
 *
 * <p>Numbers come in one of two forms. <i>Fine</i>: 32-bit floating point. <i>Small</i>: multiples of a quantum that fit
 * into 16 bits, each as its difference from the one before, all low bytes before all high bytes, which compresses well;
 * -32768 stands for no value.
 */
final class Payload {
    /** Stands for no value among small numbers. */
    static final short NOTHING = Short.MIN_VALUE;

    private static final int MOST = 32_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<byte[]> blocks = new ArrayList<>();
    private long bytes;

    /** Adds a compressed block and returns its number. */
    int add(byte[] compressed) {
        blocks.add(compressed);
        bytes += compressed.length;
        return blocks.size();
    }

    /** Bytes of the blocks so far. */
    long bytes() {
        return bytes;
    }

    /** The whole, as text that can stand in a page. */
    String text(ObjectNode header) {
        byte[] first = deflate(json(header));
        List<byte[]> all = new ArrayList<>();
        all.add(first);
        all.addAll(blocks);
        int total = 4 + 4 * all.size();
        for (byte[] block : all) {
            total += block.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(total);
        buffer.putInt(all.size());
        all.forEach(block -> buffer.putInt(block.length));
        all.forEach(buffer::put);
        return Base64.getEncoder().encodeToString(buffer.array());
    }

    private static byte[] json(ObjectNode header) {
        try {
            return JSON.writeValueAsBytes(header);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The least power of ten, from 0.0001 on, in which numbers fit into 16 bits. */
    static double quantum(float[] values) {
        double greatest = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                greatest = Math.max(greatest, Math.abs(value));
            }
        }
        double quantum = 1e-4;
        while (greatest / quantum > MOST) {
            quantum *= 10;
        }
        return quantum;
    }

    /** Small numbers, compressed. */
    static byte[] small(float[] values, double quantum) {
        byte[] bytes = new byte[2 * values.length];
        short before = 0;
        for (int i = 0; i < values.length; i++) {
            short value = Float.isNaN(values[i]) ? NOTHING : (short) Math.round(values[i] / quantum);
            short difference = (short) (value - before);
            bytes[i] = (byte) difference;
            bytes[values.length + i] = (byte) (difference >> 8);
            before = value;
        }
        return deflate(bytes);
    }

    /** Fine numbers, compressed. */
    static byte[] fine(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            buffer.putFloat(value);
        }
        return deflate(buffer.array());
    }

    /** Text, compressed. */
    static byte[] text(String text) {
        return deflate(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] deflate(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);
        try (DeflaterOutputStream stream = new DeflaterOutputStream(out, deflater, 1 << 14)) {
            stream.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }
}
