package twostacks.experiment;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Directories hold something else than the run that was to be written there. */
public final class OccupiedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Map<Path, String> occupied;

    OccupiedException(Map<Path, String> occupied) {
        super("directories hold something else: " + occupied);
        this.occupied = Collections.unmodifiableMap(new LinkedHashMap<>(occupied));
    }

    /**
     * The directories.
     *
     * @return what each holds, in words
     */
    public Map<Path, String> occupied() {
        return occupied;
    }
}
