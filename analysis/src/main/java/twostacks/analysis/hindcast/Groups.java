package twostacks.analysis.hindcast;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Groups of nations that sources speak of. {@code GLOBAL_NORTH} follows UN Trade and Development (northern America,
 * Europe, Israel, Japan, the Republic of Korea, Australia, New Zealand), {@code GLOBAL_SOUTH} is everybody else: a
 * convention, since the source does not list its own. {@code EA} is the euro area of 2024.
 */
public final class Groups {
    private static final Map<String, Set<String>> MEMBERS = new LinkedHashMap<>();

    static {
        put(
                "EU27",
                "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK"
                        + " SVN SWE");
        put("EA", "AUT BEL CYP DEU ESP EST FIN FRA GRC HRV IRL ITA LTU LUX LVA MLT NLD PRT SVK SVN");
        put(
                "OECD",
                "AUS AUT BEL CAN CHE CHL COL CRI CZE DEU DNK ESP EST FIN FRA GBR GRC HUN IRL ISL ISR ITA JPN KOR LTU"
                        + " LUX LVA MEX NLD NOR NZL POL PRT SVK SVN SWE TUR USA");
        put(
                "AFRICA",
                "AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV DJI DZA EGY ERI ETH GAB GHA GIN GMB GNB GNQ KEN"
                        + " LBR LBY LSO MAR MDG MLI MOZ MRT MUS MWI NAM NER NGA RWA SDN SEN SLE SOM SSD STP SWZ SYC TCD TGO TUN"
                        + " TZA UGA ZAF ZMB ZWE");
        put(
                "GLOBAL_NORTH",
                "ALB AND AUS AUT BEL BGR BIH BLR CAN CHE CYP CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN IRL"
                        + " ISL ISR ITA JPN KOR LIE LTU LUX LVA MCO MDA MKD MLT MNE NLD NOR NZL POL PRT ROU RUS SMR SRB SVK SVN"
                        + " SWE UKR USA XKX");
    }

    private Groups() {}

    private static void put(String name, String codes) {
        MEMBERS.put(name, new LinkedHashSet<>(List.of(codes.split(" ", -1))));
    }

    /**
     * Whether an entity is a group.
     *
     * @param entity entity of a target
     * @return true for a group, {@code WORLD} included
     */
    public static boolean isGroup(String entity) {
        return entity.equals("WORLD") || entity.equals("GLOBAL_SOUTH") || MEMBERS.containsKey(entity);
    }

    /**
     * Whether a nation belongs to a group.
     *
     * @param group group
     * @param iso3 nation
     * @return true if it does
     */
    public static boolean contains(String group, String iso3) {
        return switch (group) {
            case "WORLD" -> true;
            case "GLOBAL_SOUTH" -> !MEMBERS.get("GLOBAL_NORTH").contains(iso3);
            default -> MEMBERS.getOrDefault(group, Set.of()).contains(iso3);
        };
    }
}
