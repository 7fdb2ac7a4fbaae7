package twostacks.analysis.hindcast;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import twostacks.analysis.hindcast.Operator.Measure;
import twostacks.analysis.hindcast.UseHistory.Offer;

/**
 * The operators, one for each metric that the model can speak of. A share over a period is the mean of its months; a
 * share over several nations weights them by people or tokens, as each operator says.
 */
public final class Operators {
    /**
     * Part of China's users that the AI-user series sees: its 15.4 % of the first half of 2025 over the 36.5 % that
     * China's own count (CNNIC) has for June 2025.
     */
    public static final double CHINA_SEEN = 0.154 / 0.365;

    /**
     * Part of a user's month that a first look is: one or two visits of some thirteen (eight billion visits in August
     * 2025, by some six hundred million people).
     */
    public static final double FIRST_LOOK = 0.1;

    private static final String CHINA = "CHN";
    private static final String CONSUMER = "consumer";
    private static final String DEVELOPER = "developer";
    private static final String ENTERPRISE = "enterprise";
    private static final Map<String, Operator> ALL = new LinkedHashMap<>();

    static {
        users();
        chatbots();
        firms();
        marketplace();
        downloads();
        opinions();
    }

    private Operators() {}

    /**
     * All operators.
     *
     * @return operators by metric, in the order of their declaration
     */
    public static Map<String, Operator> all() {
        return Collections.unmodifiableMap(ALL);
    }

    /**
     * The operator of a target, if there is one.
     *
     * @param metric metric of the target
     * @return operator; null if the model has nothing that the metric measures
     */
    public static Operator of(String metric) {
        return ALL.get(metric);
    }

    /**
     * Family of a target: its operator's, with figures of groups of nations in a family of their own.
     *
     * @param target target with an operator
     * @return name of the family
     */
    public static String family(Target target) {
        String family = ALL.get(target.metric()).family();
        return Groups.isGroup(target.entity()) && !family.startsWith("world_") ? family + "_groups" : family;
    }

    /**
     * All families that targets can belong to.
     *
     * @return names
     */
    public static Set<String> families() {
        Set<String> families = new TreeSet<>();
        for (Operator operator : ALL.values()) {
            families.add(operator.family());
            if (!operator.family().startsWith("world_")) {
                families.add(operator.family() + "_groups");
            }
        }
        return families;
    }

    /**
     * What a source would have measured in the model's world.
     *
     * @param history the model's world
     * @param target entity and period
     * @return the figure; NaN without an operator, for an entity that the model does not have, and for a period that
     *     the history does not cover
     */
    public static double measure(UseHistory history, Target target) {
        Operator operator = ALL.get(target.metric());
        boolean there = Groups.isGroup(target.entity()) || history.place(target.entity()) >= 0;
        boolean covered =
                target.first() >= history.firstMonth() && target.last() < history.firstMonth() + history.months();
        return operator != null && there && covered ? operator.measure().of(history, target) : Double.NaN;
    }

    /**
     * Why a target cannot be measured.
     *
     * @param target target
     * @param nations nations of the scenario
     * @param first first month of the run, counted from the year 0
     * @param last last month of the run, the same way
     * @return reason in words
     */
    public static String whyNot(Target target, Collection<String> nations, int first, int last) {
        if (!ALL.containsKey(target.metric())) {
            return "no operator: "
                    + NO_OPERATOR.getOrDefault(target.metric(), "the model has nothing that this metric measures");
        }
        if (!Groups.isGroup(target.entity()) && !nations.contains(target.entity())) {
            return target.entity() + " is no nation of the scenario";
        }
        if (target.first() < first || target.last() > last) {
            return "the period is not within the run";
        }
        return UNUSED;
    }

    /**
     * Whether a run can measure a target: its nations and months have what it asks for, should anybody use it.
     *
     * @param target target
     * @param nations nations of the scenario
     * @param first first month of the run, counted from the year 0
     * @param last last month of the run, the same way
     * @return true if it can
     */
    public static boolean inReach(Target target, Collection<String> nations, int first, int last) {
        return whyNot(target, nations, first, last).equals(UNUSED);
    }

    private static final String UNUSED = "nobody uses what it measures";

    private static final Map<String, String> NO_OPERATOR = reasons();

    private static Map<String, String> reasons() {
        Map<String, String> why = new LinkedHashMap<>();
        String volume = "a volume of one platform, of which the model has none";
        for (String metric : List.of(
                "openrouter_weekly_tokens_chinese_models",
                "openrouter_weekly_tokens_us_models",
                "openrouter_oss_tokens_deepseek",
                "openrouter_oss_tokens_llama",
                "openrouter_oss_tokens_qwen",
                "llm_website_visits_per_month",
                "open_llm_cumulative_downloads_chinese",
                "open_llm_cumulative_downloads_us",
                "qwen_cumulative_hf_downloads",
                "hf_derivatives_llama",
                "hf_derivatives_qwen")) {
            why.put(metric, volume);
        }
        for (String metric : List.of("hf_download_share_chinese_developers", "hf_download_share_us_developers")) {
            why.put(metric, "two thirds of its downloads are of uploaders that are no labs of the model");
        }
        for (String metric : List.of(
                "trust_cn_to_regulate_ai_median_25_countries",
                "trust_us_to_regulate_ai_median_25_countries",
                "trust_eu_to_regulate_ai_median_25_countries")) {
            why.put(metric, "trust to regulate AI is another question than favourability");
        }
        for (String metric : List.of(
                "dpi_net_perception_china",
                "dpi_net_perception_us",
                "countries_with_more_positive_view_of_china_than_us")) {
            why.put(metric, "net perception over a list of countries that the source does not give");
        }
        why.put("openrouter_anthropic_spend_share", "spending on one platform; prices differ by model within a lab");
        for (String metric : List.of(
                "statcounter_chatbot_referral_share_copilot",
                "statcounter_chatbot_referral_share_perplexity",
                "doubao_mau")) {
            why.put(metric, "a product that is no lab of the model");
        }
        return why;
    }

    // People who use AI -----------------------------------------------------------------------------------------------

    private static void users() {
        add(
                "ai_user_share_working_age",
                "ai_users",
                "people online times the share of consumers who use something, mean of the period; groups by people",
                "the source counts people of working age, the model people; of China the source sees part: times "
                        + "0.154/0.365 (its figure over China's own count of June 2025)",
                (h, t) -> mean(
                        h, t, (m, n) -> aiUsers(h, m, n) * (h.nations().get(n).equals(CHINA) ? CHINA_SEEN : 1)));
        add(
                "individuals_using_genai_last_3_months",
                "individuals",
                "people online times the share of consumers who use something, mean of the year; groups by people",
                "people of 16 to 74, any use in three months: wider than use in a month",
                (h, t) -> mean(h, t, (m, n) -> aiUsers(h, m, n)));
        add(
                "genai_penetration",
                "china_count",
                "people online times the share of consumers who use something",
                "any use in half a year: wider than use in a month",
                (h, t) -> mean(h, t, (m, n) -> aiUsers(h, m, n)));
        add(
                "genai_users",
                "china_count",
                "the same times people, million",
                "as above",
                (h, t) -> mean(h, t, (m, n) -> aiUsers(h, m, n) * h.people(n) / 1e6));
        add(
                "deepseek_mau",
                "china_count",
                "people online times the share of consumers on DeepSeek, times people, million",
                "monthly users of one app; who uses several is counted in each",
                (h, t) -> mean(
                        h,
                        t,
                        (m, n) -> h.online(m, n)
                                * share(h, m, n, CONSUMER, o -> o.lab().equals("DeepSeek"))
                                * h.people(n)
                                / 1e6));
    }

    // Which chatbot ---------------------------------------------------------------------------------------------------

    private static void chatbots() {
        String reads = "consumers on DeepSeek by any channel over consumers who use something, mean of the period";
        Measure deepseek = (h, t) -> over(
                h,
                t,
                n -> true,
                (m, n) -> h.people(n) * h.online(m, n),
                CONSUMER,
                o -> o.lab().equals("DeepSeek"),
                o -> true);
        String bias = "read from a map: bins 5 points wide, and of users whom the source's own telemetry sees";
        add("deepseek_market_share_bin", "deepseek", reads, bias, deepseek);
        add("deepseek_market_share", "deepseek", reads, "users whom the source's own telemetry sees", deepseek);
        add(
                "deepseek_usage_relative_to_other_regions",
                "world_other",
                "the same share in Africa over that in the rest of the world without China, by people online",
                "the source gives 'two to four times'",
                (h, t) -> {
                    Measure elsewhere = (history, target) -> over(
                            history,
                            target,
                            n -> !Groups.contains("AFRICA", history.nations().get(n))
                                    && !history.nations().get(n).equals(CHINA),
                            (m, n) -> history.people(n) * history.online(m, n),
                            CONSUMER,
                            o -> o.lab().equals("DeepSeek"),
                            o -> true);
                    return deepseek.of(h, t) / elsewhere.of(h, at(t, "WORLD"));
                });
        add(
                "chinese_share_of_llm_website_visits",
                "world_visits",
                "consumers on Chinese services and those who hear of them this month, over consumers on any service and"
                        + " those who hear of any, by people online, without China",
                "visits to sites, not apps: who has just heard of a service looks at it once, whatever it uses; use"
                        + " inside China is hardly seen",
                (h, t) -> visits(h, t));
        Map<String, String> labs = Map.of(
                "statcounter_chatbot_referral_share_chatgpt", "OpenAI",
                "statcounter_chatbot_referral_share_claude", "Anthropic",
                "statcounter_chatbot_referral_share_gemini", "Google",
                "statcounter_chatbot_referral_share_deepseek", "DeepSeek");
        for (String metric : labs.keySet().stream().sorted().toList()) {
            add(
                    metric,
                    "world_referrals",
                    "consumers on the service of " + labs.get(metric)
                            + " over consumers on any service, by people online, without China",
                    "clicks from a chatbot to a web page: chatbots that cite pages count for more; Copilot, which runs"
                            + " OpenAI's models, counts apart",
                    (h, t) -> Groups.isGroup(t.entity())
                            ? outsideChina(
                                            CONSUMER,
                                            o -> o.service() && o.lab().equals(labs.get(metric)),
                                            Offer::service,
                                            false)
                                    .of(h, t)
                            : over(
                                    h,
                                    t,
                                    n -> true,
                                    (m, n) -> 1,
                                    CONSUMER,
                                    o -> o.service() && o.lab().equals(labs.get(metric)),
                                    Offer::service));
        }
    }

    private static double visits(UseHistory h, Target t) {
        int s = h.segment(CONSUMER);
        if (s < 0) {
            return Double.NaN;
        }
        double total = 0;
        for (int month = t.first(); month <= t.last(); month++) {
            int m = month - h.firstMonth();
            double upper = 0;
            double lower = 0;
            for (int n = 0; n < h.nations().size(); n++) {
                if (!h.nations().get(n).equals(CHINA)) {
                    double w = h.people(n) * h.online(m, n);
                    double[] use = h.use(m, n, s);
                    upper += w
                            * (sum(h, use, o -> o.service() && o.chinese()) + FIRST_LOOK * h.newcomers(m, n, s, true));
                    lower += w * (sum(h, use, Offer::service) + FIRST_LOOK * h.newcomers(m, n, s, false));
                }
            }
            total += upper / lower;
        }
        return total / (t.last() - t.first() + 1);
    }

    // Firms -----------------------------------------------------------------------------------------------------------

    private static void firms() {
        String reads = "share of the enterprise segment that uses something, mean of the year; groups by people";
        String bias = "firms of 10 or more that use any kind of AI, so other kinds than language models too, and a firm"
                + " counts once whatever it uses AI for; the model counts tasks";
        Measure measure = (h, t) -> mean(h, t, (m, n) -> share(h, m, n, ENTERPRISE, o -> true));
        add("enterprises_10plus_using_ai", "enterprises", reads, bias, measure);
        add("businesses_10plus_using_ai", "enterprises", reads, bias, measure);
    }

    // A marketplace of models -----------------------------------------------------------------------------------------

    private static void marketplace() {
        Predicate<Offer> sold = o -> !o.self() && !o.stack().equals("sovereign");
        String bias = "about half a percent of the world's tokens, of developers who compare prices: Chinese models"
                + " have more of it than of developers at large";
        add(
                "openrouter_chinese_share_of_cn_plus_us_tokens",
                "world_openrouter",
                "developers' tokens on Chinese services and hosted weights over those on Chinese and United States ones",
                bias,
                tokens(sold.and(Offer::chinese), sold.and(o -> o.chinese() || o.american())));
        String chinese = "developers' tokens on Chinese services and hosted weights over those on any";
        for (String metric : List.of(
                "openrouter_chinese_model_token_share",
                "openrouter_chinese_oss_token_share",
                "openrouter_chinese_oss_token_share_mean")) {
            add(metric, "world_openrouter", chinese, bias, tokens(sold.and(Offer::chinese), sold));
        }
        add(
                "openrouter_chinese_oss_token_share_peak",
                "world_openrouter",
                "the same in the month of the period in which it is greatest",
                bias + "; the source's peak is of a week",
                (h, t) -> {
                    double most = Double.NaN;
                    for (int month = t.first(); month <= t.last(); month++) {
                        double share = tokens(sold.and(Offer::chinese), sold).of(h, at(t, month));
                        most = Double.isNaN(most) ? share : Math.max(most, share);
                    }
                    return most;
                });
        add(
                "openrouter_us_model_token_share",
                "world_openrouter",
                "developers' tokens on United States services and hosted weights over those on any",
                bias,
                tokens(sold.and(Offer::american), sold));
        add(
                "openrouter_proprietary_token_share",
                "world_openrouter",
                "developers' tokens on United States services over those on any service or hosted weights",
                bias,
                tokens(o -> o.stack().equals("us_closed"), sold));
        add(
                "openrouter_rest_of_world_oss_token_share_mean",
                "world_openrouter",
                "developers' tokens on hosted United States weights and on other labs' services and weights over those"
                        + " on any",
                bias,
                tokens(sold.and(o -> o.stack().equals("us_open") || o.stack().equals("other")), sold));
        add(
                "openrouter_anthropic_token_share",
                "world_openrouter",
                "developers' tokens on Anthropic's service over those on any service or hosted weights",
                bias,
                tokens(o -> o.lab().equals("Anthropic"), sold));
    }

    // Downloads of weights --------------------------------------------------------------------------------------------

    private static void downloads() {
        Predicate<Offer> open = o -> !o.service() && !o.stack().equals("sovereign");
        String bias = "downloads by anybody, machines included; the model has users";
        String over = " over developers who use any open weights, by tokens";
        add(
                "hf_download_share_chinese_models",
                "world_downloads",
                "developers on Chinese weights" + over,
                bias,
                tokens(open.and(Offer::chinese), open));
        add(
                "hf_download_share_us_models",
                "world_downloads",
                "developers on United States weights" + over,
                bias,
                tokens(open.and(Offer::american), open));
        add(
                "share_of_new_finetunes_on_chinese_base",
                "world_downloads",
                "developers who run Chinese weights themselves over those who run any, by tokens",
                "new derivatives of a month; the model has what is in use, which moves later",
                tokens(open.and(Offer::self).and(Offer::chinese), open.and(Offer::self)));
        add(
                "open_llm_downloads_cn_overtakes_us_date",
                "world_overtaking",
                "first month, up to the end of the run, in which developers' tokens on Chinese weights exceed those on"
                        + " United States ones, as a year with decimals",
                "cumulated downloads; the model has what is in use, which crosses earlier",
                (h, t) -> {
                    Measure lead = tokens(open.and(Offer::chinese), open.and(o -> o.chinese() || o.american()));
                    for (int m = 0; m < h.months(); m++) {
                        if (lead.of(h, at(t, h.firstMonth() + m)) > 0.5) {
                            return (h.firstMonth() + m) / 12.0;
                        }
                    }
                    return (h.firstMonth() + h.months()) / 12.0;
                });
    }

    // Opinions --------------------------------------------------------------------------------------------------------

    private static void opinions() {
        for (boolean us : new boolean[] {true, false}) {
            String power = us ? "us" : "china";
            String reads = "trust in " + (us ? "United States" : "Chinese") + " AI as adopters see it";
            String bias = "favourability of a country, not trust in its AI; the model's anchors are these surveys";
            put(new Operator(
                    "favourable_view_of_" + power,
                    "favourability",
                    reads + ", mean of the period",
                    bias,
                    true,
                    (h, t) -> mean(h, t, (m, n) -> h.trust(us, m, n))));
            for (int countries : new int[] {24, 35}) {
                put(new Operator(
                        "favourable_view_of_" + power + "_median_" + countries + "_countries",
                        "world_favourability",
                        reads + ", median over all nations of a million people or more",
                        bias + "; the countries surveyed are not a sample of the world",
                        true,
                        (h, t) -> median(h, t, us)));
            }
        }
    }

    private static double median(UseHistory h, Target t, boolean us) {
        List<Double> all = new ArrayList<>();
        for (int n = 0; n < h.nations().size(); n++) {
            if (h.people(n) >= 1e6) {
                int nation = n;
                all.add(mean(h, at(t, h.nations().get(n)), (m, ignored) -> h.trust(us, m, nation)));
            }
        }
        Collections.sort(all);
        int size = all.size();
        return size == 0 ? Double.NaN : (all.get((size - 1) / 2) + all.get(size / 2)) / 2;
    }

    // What they are made of -------------------------------------------------------------------------------------------

    private interface Figure {
        double of(int month, int nation);
    }

    private static double aiUsers(UseHistory h, int month, int nation) {
        return h.online(month, nation) * share(h, month, nation, CONSUMER, o -> true);
    }

    private static double share(UseHistory h, int month, int nation, String segment, Predicate<Offer> which) {
        int s = h.segment(segment);
        return s < 0 ? Double.NaN : sum(h, h.use(month, nation, s), which);
    }

    private static double sum(UseHistory h, double[] use, Predicate<Offer> which) {
        double sum = 0;
        for (int k = 0; k < use.length; k++) {
            if (which.test(h.offers().get(k))) {
                sum += use[k];
            }
        }
        return sum;
    }

    /** Mean of a figure over the months of the period, and by people over the nations of a group. */
    private static double mean(UseHistory h, Target t, Figure figure) {
        double sum = 0;
        double weights = 0;
        for (int month = t.first(); month <= t.last(); month++) {
            int m = month - h.firstMonth();
            for (int n = 0; n < h.nations().size(); n++) {
                if (concerns(h, t, n)) {
                    double weight = Groups.isGroup(t.entity()) ? h.people(n) : 1;
                    sum += weight * figure.of(m, n);
                    weights += weight;
                }
            }
        }
        return weights > 0 ? sum / weights : Double.NaN;
    }

    /** Mean over months of the weighted share of some users among others. */
    private static double over(
            UseHistory h,
            Target t,
            IntPredicate nations,
            Figure weight,
            String segment,
            Predicate<Offer> some,
            Predicate<Offer> among) {
        int s = h.segment(segment);
        if (s < 0) {
            return Double.NaN;
        }
        double total = 0;
        int counted = 0;
        for (int month = t.first(); month <= t.last(); month++) {
            int m = month - h.firstMonth();
            double upper = 0;
            double lower = 0;
            for (int n = 0; n < h.nations().size(); n++) {
                if (concerns(h, t, n) && nations.test(n)) {
                    double w = weight.of(m, n);
                    upper += w * sum(h, h.use(m, n, s), some);
                    lower += w * sum(h, h.use(m, n, s), among);
                }
            }
            if (lower > 0) {
                total += upper / lower;
                counted++;
            }
        }
        return counted > 0 ? total / counted : Double.NaN;
    }

    private static Measure outsideChina(
            String segment, Predicate<Offer> some, Predicate<Offer> among, boolean byTokens) {
        return (h, t) -> over(
                h,
                t,
                n -> !h.nations().get(n).equals(CHINA),
                (m, n) -> byTokens ? h.tokens(m, n, h.segment(segment)) : h.people(n) * h.online(m, n),
                segment,
                some,
                among);
    }

    /** Developers' tokens outside China, whose platforms the marketplaces of the sources do not see. */
    private static Measure tokens(Predicate<Offer> some, Predicate<Offer> among) {
        return outsideChina(DEVELOPER, some, among, true);
    }

    private static boolean concerns(UseHistory h, Target t, int nation) {
        String iso3 = h.nations().get(nation);
        return Groups.isGroup(t.entity())
                ? Groups.contains(t.entity(), iso3)
                : t.entity().equals(iso3);
    }

    private static Target at(Target t, String entity) {
        return new Target(
                t.id(),
                entity,
                t.date(),
                t.first(),
                t.last(),
                t.metric(),
                t.observed(),
                t.low(),
                t.high(),
                t.confidence());
    }

    private static Target at(Target t, int month) {
        return new Target(
                t.id(),
                t.entity(),
                t.date(),
                month,
                month,
                t.metric(),
                t.observed(),
                t.low(),
                t.high(),
                t.confidence());
    }

    private static void add(String metric, String family, String reads, String bias, Measure measure) {
        put(new Operator(metric, family, reads, bias, false, measure));
    }

    private static void put(Operator operator) {
        ALL.put(operator.metric(), operator);
    }
}
