package twostacks.analysis;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tables that the scripts in src/test/expected make. */
public final class Expected {
    private Expected() {}

    /** The rows of a table. */
    public static List<NamedCsvRecord> rows(String name) throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(
                        Expected.class.getResourceAsStream("/expected/" + name), StandardCharsets.UTF_8))) {
            return reader.stream().toList();
        }
    }

    /** A number of a row. */
    public static double number(NamedCsvRecord row, String column) {
        return Double.parseDouble(row.getField(column));
    }
}
