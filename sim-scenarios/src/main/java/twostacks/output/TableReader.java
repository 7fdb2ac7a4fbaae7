package twostacks.output;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Reads rows of a written table. */
final class TableReader {
    private static final String[] SKIPPED = {};

    private TableReader() {}

    /** A row, its fields by name. */
    record Row(List<String> names, String[] fields) {
        /** A field; empty if there is no such column. */
        String get(String name) {
            int i = names.indexOf(name);
            return i < 0 ? "" : fields[i];
        }

        /** A field as a number; NaN if it is empty or no number. */
        static double number(String field) {
            try {
                return field.isEmpty() ? Double.NaN : Double.parseDouble(field);
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }
    }

    /**
     * Reads a table of a directory.
     *
     * @param directory results of a run
     * @param table name of the table
     * @param months the months whose rows are wanted; empty for all
     * @param told takes each row
     * @return false if there is no such table
     */
    static boolean read(Path directory, String table, Set<String> months, Consumer<Row> told) throws IOException {
        Path file = directory.resolve(table + ".csv");
        if (!Files.exists(file)) {
            file = directory.resolve(table + ".csv.gz");
            if (!Files.exists(file)) {
                return false;
            }
        }
        try (CsvReader<String[]> reader = CsvReader.builder()
                .build(new Handler(months), new InputStreamReader(Hashes.content(file), StandardCharsets.UTF_8))) {
            List<String> names = null;
            for (String[] fields : reader) {
                if (names == null) {
                    names = List.of(fields);
                } else if (fields.length == names.size()) {
                    told.accept(new Row(names, fields));
                }
            }
        }
        return true;
    }

    /** Makes texts only of the rows that are wanted. */
    private static final class Handler extends AbstractBaseCsvCallbackHandler<String[]> {
        private static final int MONTH = DataPackage.KEY.indexOf("month");

        private final Set<String> months;
        private final List<String> fields = new ArrayList<>();
        private boolean header = true;
        private boolean wanted;

        Handler(Set<String> months) {
            this.months = months;
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            fields.clear();
            wanted = true;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (!wanted) {
                return;
            }
            String field = new String(buffer, offset, length);
            if (index == MONTH && !header && !months.isEmpty() && !months.contains(field)) {
                wanted = false;
                return;
            }
            fields.add(field);
        }

        @Override
        protected String[] buildRecord() {
            header = false;
            return wanted ? fields.toArray(String[]::new) : SKIPPED;
        }
    }
}
