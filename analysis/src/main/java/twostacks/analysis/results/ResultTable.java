package twostacks.analysis.results;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A table as its data package describes it.
 *
 * @param name name
 * @param file file it stands in
 * @param rows number of rows; -1 if the package does not say
 * @param sha256 hash of its content, uncompressed; empty if the package does not say
 * @param fields columns, in the order of the file
 * @param key names of the columns that tell rows apart
 */
public record ResultTable(String name, Path file, long rows, String sha256, List<Field> fields, List<String> key) {

    /** Copies the lists. */
    public ResultTable {
        fields = List.copyOf(fields);
        key = List.copyOf(key);
    }

    /**
     * A column.
     *
     * @param name name
     * @param type string, integer, number, or yearmonth
     * @param meaning meaning as a phrase
     * @param unit unit; empty for none
     * @param decimals decimals written; 0 unless a number
     */
    public record Field(String name, String type, String meaning, String unit, int decimals) {
        /**
         * Whether its values are numbers.
         *
         * @return true for integers and numbers
         */
        public boolean numeric() {
            return type.equals("number") || type.equals("integer");
        }
    }

    /**
     * Names of the columns.
     *
     * @return names in the order of the file
     */
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /**
     * A column.
     *
     * @param column name
     * @return the column, if there is one of this name
     */
    public Optional<Field> find(String column) {
        return fields.stream().filter(f -> f.name().equals(column)).findFirst();
    }

    /**
     * A column that must be there.
     *
     * @param column name
     * @return the column
     * @throws ResultException if there is none
     */
    public Field field(String column) {
        return find(column)
                .orElseThrow(() -> ResultException.unknown(file + " has no column '" + column + "'", column, names()));
    }

    /**
     * Opens it for reading.
     *
     * @param columns columns wanted
     * @param verify whether the hash is checked once all rows are read
     * @return a reader before the first row
     * @throws ResultException if the file is not as described
     */
    public RowReader read(List<String> columns, boolean verify) {
        return new RowReader(this, columns, verify);
    }
}
