package twostacks.parameters;

import static twostacks.parameters.Basis.CALIBRATED;
import static twostacks.parameters.Basis.CONVENTION;
import static twostacks.parameters.Basis.JUDGEMENT;
import static twostacks.parameters.Basis.MEASURED;
import static twostacks.parameters.Group.EXPORT_CONTROL;
import static twostacks.parameters.Group.PRICE;
import static twostacks.parameters.Group.TRUST;
import static twostacks.parameters.Key.BLOC;
import static twostacks.parameters.Key.CN_TARGET_TIER;
import static twostacks.parameters.Key.SEGMENT;
import static twostacks.parameters.Key.STACK;
import static twostacks.parameters.Key.US_TARGET_TIER;

/**
 * Every parameter of the model, one annotated component each; the dotted name is {@code section.component[.key]}.
 *
 * <p>{@code low} and {@code high} are what is plausible; {@code min} and {@code max} are what the equations allow, which
 * is wider, so that a limit with known answer can switch a term off. Arrays follow the order of the key's names; a
 * scenario's own segments replace the four default ones.
 */
public record ModelParameters(
        Population population,
        Choice choice,
        Awareness awareness,
        Price price,
        ExportControl exportControl,
        Chips chips,
        Capability capability,
        Trust trust,
        Stance stance,
        Sovereign sovereign,
        Regulation regulation) {

    /** {@link Population#mode} of adopters who are counted instead of held one by one. */
    public static final int EXACT_COUNTS = 1;

    /** Who the adopters are. */
    @Section(title = "Population")
    public record Population(
            @Parameter(
                    meaning = "adopters simulated in each nation",
                    unit = "adopters",
                    baseline = 2000,
                    low = 500,
                    high = 20000,
                    min = 1,
                    max = 1e7,
                    basis = CONVENTION,
                    source = "resolution: sampling error of a national share is below 0.011 at 2,000",
                    fixedAtStart = true)
            int adoptersPerNation,

            @Parameter(
                    meaning =
                            "how adopters are held: individuals (0), or, where peers do not matter, as exact-counts (1) of those alike",
                    unit = "1",
                    baseline = 0,
                    low = 0,
                    high = 0,
                    choices = {"individuals", "exact-counts"},
                    basis = CONVENTION,
                    source =
                            "the distribution of results is the same, memory does not grow with the number of adopters",
                    fixedAtStart = true)
            int mode,

            @Parameter(
                    meaning = "share of a nation's adopters in the segment",
                    unit = "1",
                    by = SEGMENT,
                    baseline = {.40, .15, .30, .15},
                    low = {.2, .05, .15, .05},
                    high = {.6, .3, .45, .3},
                    basis = CONVENTION,
                    source = "share of workloads: it weighs the segment in every share of the nation",
                    fixedAtStart = true)
            double[] segmentShare,

            @Parameter(
                    meaning = "peers each adopter looks at (small world)",
                    unit = "adopters",
                    baseline = 8,
                    low = 4,
                    high = 16,
                    max = 64,
                    basis = JUDGEMENT,
                    source = "close professional contacts; Watts & Strogatz 1998 for the form")
            int peers,

            @Parameter(
                    meaning = "probability that a peer is a random adopter of the nation instead of a neighbour",
                    unit = "1",
                    baseline = .1,
                    low = .01,
                    high = .5,
                    basis = JUDGEMENT,
                    source = "Watts & Strogatz 1998: the small-world regime")
            double rewiring,

            @Parameter(
                    meaning = "share of those not yet online who come online in a year",
                    unit = "1/year",
                    baseline = .05,
                    low = .01,
                    high = .12,
                    basis = JUDGEMENT,
                    source =
                            "world internet use rose from 63 to 68 % between 2021 and 2024 (ITU), about 0.05 of the remainder a year")
            double internetGrowth) {}

    /** E1: what an adopter makes of an offer. */
    @Section(title = "Adopter choice")
    public record Choice(
            @Parameter(
                    meaning = "utility of 10 points of capability",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {.119, .428, .35, .5},
                    low = {0, .3, .1, .2},
                    high = {.6, 1, 1.2, 1},
                    max = 20,
                    basis = CALIBRATED,
                    source =
                            "consumers: docs/calibrations/consumers.yaml; enterprises: docs/calibrations/firms.yaml; developers: docs/calibrations/marketplace.yaml; public sector: judgement")
            double[] capability,

            @Parameter(
                    meaning = "capability at which the capability term is nil",
                    unit = "index points",
                    baseline = 30,
                    low = 30,
                    high = 30,
                    max = 1000,
                    basis = CONVENTION,
                    source = "reference level; shifts only the value of using none")
            double capabilityReference,

            @Parameter(
                    meaning = "disutility of a log unit of price over affordability",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {.459, .55, .14, .15},
                    low = {.2, .3, .1, .05},
                    high = {1, .8, .4, .3},
                    max = 20,
                    basis = MEASURED,
                    source =
                            "elasticity across models .2 (.05-.5), across hosts of one model 1.1 (.8-1.5) = price/nest dissimilarity (NBER marketplace study 2025; OpenRouter 2025); consumers and enterprises within that by docs/calibrations/consumers.yaml and firms.yaml",
                    group = PRICE)
            double[] price,

            @Parameter(
                    meaning = "price at which the price term is ln 2, at an income of 40,000 USD a head",
                    unit = "USD/month for a segment billed by the month, else USD/Mtok",
                    by = SEGMENT,
                    baseline = {17.2, 1, 8, 8},
                    low = {2, .33, 2.7, 2.7},
                    high = {24, 3, 24, 24},
                    min = 1e-6,
                    max = 1e6,
                    basis = CALIBRATED,
                    source =
                            "consumers: docs/calibrations/consumers.yaml, between a third and all of a 20 USD subscription; others: judgement, a mid-priced model",
                    group = PRICE)
            double[] affordability,

            @Parameter(
                    meaning = "income elasticity of affordability",
                    unit = "1",
                    by = SEGMENT,
                    baseline = {.7, .4, .41, .2},
                    low = {.2, .1, .1, 0},
                    high = {1, .8, .6, .5},
                    max = 3,
                    basis = CALIBRATED,
                    source = "enterprises: docs/calibrations/firms.yaml; others: judgement",
                    group = PRICE)
            double[] affordabilityIncome,

            @Parameter(
                    meaning = "utility between full distrust and full trust, halved, at full exposure",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {.3, .8, .72, 2.5},
                    low = {0, 0, .2, 1},
                    high = {2, 2, 4, 5},
                    max = 20,
                    basis = CALIBRATED,
                    source =
                            "enterprises: docs/calibrations/firms.yaml, where favourability of the United States hardly tells who uses AI; others: judgement, not identified by the cross-section of nations: sweep it",
                    group = TRUST)
            double[] trust,

            @Parameter(
                    meaning = "handicap of United States origin beyond the model's own terms",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = 0,
                    low = 0,
                    high = 0,
                    min = -20,
                    max = 20,
                    basis = CONVENTION,
                    source = "the origin the others are measured against")
            double[] originHandicapUs,

            @Parameter(
                    meaning = "handicap of Chinese origin beyond the model's own terms",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {.948, -.657, 2.8, 3.2},
                    low = {0, -2, 1.5, 1.5},
                    high = {2.5, 3, 5, 6},
                    min = -20,
                    max = 20,
                    basis = CALIBRATED,
                    source =
                            "consumers: docs/calibrations/consumers.yaml; developers: docs/calibrations/marketplace.yaml; others: judgement, published handicaps (6-7 United States enterprises) less trust, price and peers")
            double[] originHandicapCn,

            @Parameter(
                    meaning = "handicap of other origin beyond the model's own terms",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {2.2, -.625, 0, 0},
                    low = {1, -1, -1, -1},
                    high = {3, 1, 1, 1},
                    min = -20,
                    max = 20,
                    basis = CALIBRATED,
                    source =
                            "consumers: tuned by hand; developers: docs/calibrations/marketplace.yaml; others: judgement")
            double[] originHandicapOther,

            @Parameter(
                    meaning = "how far handicaps of origin fade where readiness is nil (0 not at all, 1 all of it)",
                    unit = "1",
                    by = SEGMENT,
                    baseline = {.824, 0, 0, 0},
                    low = 0,
                    high = {1, .5, .5, .5},
                    max = 1,
                    basis = CALIBRATED,
                    source =
                            "consumers: docs/calibrations/consumers.yaml; others: judgement. Handicaps were measured in rich countries, where United States accounts, devices and means of payment are at hand; DeepSeek's share among chatbots falls with income from .13 to .03")
            double[] handicapFade,

            @Parameter(
                    meaning = "worth of fine-tuning and control over open weights at full skill and free licence",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {0, .4, .2, .4},
                    low = 0,
                    high = {.2, 1, 1.5, 1.5},
                    max = 20,
                    basis = JUDGEMENT,
                    source = "63 % of firms use some open model (McKinsey/Mozilla 2025), 11-20 % by volume (Menlo)")
            double[] openWeights,

            @Parameter(
                    meaning =
                            "effort of using weights elsewhere than at the vendor, where no product stands around the model",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {2.2, .655, .5, .5},
                    low = {1, 0, 0, 0},
                    high = {4, 1, 1.5, 1.5},
                    max = 20,
                    basis = CALIBRATED,
                    source =
                            "developers: docs/calibrations/marketplace.yaml; others: judgement, consumers use apps, which are the vendors'; engineers integrate")
            double[] integration,

            @Parameter(
                    meaning = "worth of local control to a nation that fully prefers sovereignty",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {.1, .2, .5, 1.2},
                    low = {0, 0, 0, .3},
                    high = {.5, .6, 1.5, 2.5},
                    max = 20,
                    basis = JUDGEMENT,
                    source =
                            "83 % of firms call sovereignty at least moderately important (Deloitte 2026), 29 % act (NTT Data)")
            double[] sovereignty,

            @Parameter(
                    meaning = "social utility of a stack that everybody uses",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {.55, .3, .5, .3},
                    low = 0,
                    high = {1.8, 1.5, 1.5, 1},
                    max = 20,
                    basis = JUDGEMENT,
                    source =
                            "below 2, where Brock & Durlauf 2001 have one equilibrium; not identified by the cross-section: sweep it")
            double[] social,

            @Parameter(
                    meaning = "part of the social term that comes from an adopter's own peers",
                    unit = "1",
                    baseline = .3,
                    low = 0,
                    high = .7,
                    basis = JUDGEMENT,
                    source = "the rest comes from the nation")
            double peerWeight,

            @Parameter(
                    meaning = "cost of a full switch at long tenure",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {1.3, .5, 4.8, 5},
                    low = {.5, .3, 3.5, 4},
                    high = {4, 2.5, 6, 7},
                    max = 50,
                    basis = {JUDGEMENT, JUDGEMENT, MEASURED, JUDGEMENT},
                    source = "enterprise: 11 % change main vendor in a year (Menlo 2025); others judgement")
            double[] switching,

            @Parameter(
                    meaning = "tenure over which switching cost builds up; 0 means at once",
                    unit = "months",
                    baseline = 6,
                    low = 3,
                    high = 18,
                    max = 600,
                    basis = JUDGEMENT,
                    source = "integration time of a model in a workflow")
            double lockInTime,

            @Parameter(
                    meaning = "distance between offers of one family, as a part of a full switch",
                    unit = "1",
                    baseline = .3,
                    low = .1,
                    high = .5,
                    basis = JUDGEMENT,
                    source = "prompts and evaluations carry over; hosting changes")
            double distanceFamily,

            @Parameter(
                    meaning = "distance between offers of one stack",
                    unit = "1",
                    baseline = .6,
                    low = .4,
                    high = .8,
                    basis = JUDGEMENT,
                    source = "contracts and compliance carry over, prompts do not")
            double distanceStack,

            @Parameter(
                    meaning = "distance between using some offer and using none",
                    unit = "1",
                    baseline = .5,
                    low = .5,
                    high = .5,
                    basis = CONVENTION,
                    source = "half each way, so that leaving and coming back is no way around a switch")
            double distanceNone,

            @Parameter(
                    meaning = "probability that an adopter who considers something reviews its choice in a month",
                    unit = "1/month",
                    by = SEGMENT,
                    baseline = {.3, .35, .1, .05},
                    low = {.1, .2, .05, .02},
                    high = {.6, .7, .2, .1},
                    basis = JUDGEMENT,
                    source =
                            "new models' shares settle in 2-8 weeks among developers (Fradkin 2025); yearly procurement for the public sector")
            double[] review,

            @Parameter(
                    meaning = "utility of using none at full readiness",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {1.34, -1, .09, .5},
                    low = {-2, -3, -3, -1},
                    high = {2, 1, 2, 2.5},
                    min = -1000,
                    max = 1000,
                    basis = CALIBRATED,
                    source =
                            "consumers: docs/calibrations/consumers.yaml; enterprises: docs/calibrations/firms.yaml; others: judgement")
            double[] nonUse,

            @Parameter(
                    meaning = "added utility of using none at no readiness",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {-.154, 1, 4.7, 1.5},
                    low = {-2, 0, 0, 0},
                    high = {3, 3, 8, 3},
                    min = -20,
                    max = 20,
                    basis = CALIBRATED,
                    source =
                            "consumers: docs/calibrations/consumers.yaml; enterprises: docs/calibrations/firms.yaml, whose use falls much faster with income; others: judgement")
            double[] nonUseReadiness,

            @Parameter(
                    meaning = "added utility of using none where models do not serve the language",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {.892, 0, 0, 0},
                    low = {-1, 0, 0, 0},
                    high = {4, 1, 2, 1},
                    min = -20,
                    max = 20,
                    basis = CALIBRATED,
                    source =
                            "consumers: docs/calibrations/consumers.yaml; others: nil, since the values of using none were fitted without it")
            double[] nonUseLanguage,

            @Parameter(
                    meaning = "worth of the time that use saves at an income of 40,000 USD a head",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {.49, 0, 0, 0},
                    low = {0, 0, 0, 0},
                    high = {1.5, 1, 2, 1},
                    min = -20,
                    max = 20,
                    basis = CALIBRATED,
                    source =
                            "consumers: docs/calibrations/consumers.yaml; others: nil, since the values of using none were fitted without it")
            double[] timeWorth,

            @Parameter(
                    meaning = "how far the presence of a lab counts among its offers (0 not at all, 1 in proportion)",
                    unit = "1",
                    by = SEGMENT,
                    baseline = {1, 0, 0, 0},
                    low = 0,
                    high = 1,
                    max = 1,
                    basis = JUDGEMENT,
                    source =
                            "consumers: ChatGPT has 83 % of referrals from chatbots (StatCounter 2025-07) at a capability that rivals match; organisations and developers compare")
            double[] presence,

            @Parameter(
                    meaning = "spread of tastes for United States against Chinese origin",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {.4, .7, .5, .4},
                    low = 0,
                    high = 1.5,
                    max = 20,
                    basis = JUDGEMENT,
                    source =
                            "71 % of United States and 87 % of European firms would use Chinese models (AA survey 2025): opinions differ within nations")
            double[] tasteSpread,

            @Parameter(
                    meaning = "bins in which tastes are held (equally likely, unit variance)",
                    unit = "bins",
                    baseline = 7,
                    low = 5,
                    high = 9,
                    min = 1,
                    max = 32,
                    basis = CONVENTION,
                    source = "resolution of the normal distribution",
                    fixedAtStart = true)
            int tasteBins,

            @Parameter(
                    meaning = "dissimilarity of offers within a stack (1 = plain logit)",
                    unit = "1",
                    baseline = .45,
                    low = .3,
                    high = .8,
                    min = .01,
                    basis = MEASURED,
                    source = "elasticity across hosts over elasticity across models: .45/.45 to 1.1 (NBER 2025)")
            double nestDissimilarity,

            @Parameter(
                    meaning = "dissimilarity of stacks within use (1 = plain logit)",
                    unit = "1",
                    baseline = .8,
                    low = .6,
                    high = 1,
                    min = .01,
                    basis = JUDGEMENT,
                    source = "between the dissimilarity within stacks and 1")
            double useDissimilarity,

            @Parameter(
                    meaning = "exposure of an adopter to the origin through a third country's host",
                    unit = "1",
                    baseline = .4,
                    low = .2,
                    high = .7,
                    basis = MEASURED,
                    source =
                            "58 % would use Chinese models only if hosted elsewhere (AA survey 2025): exposure of 1 - .58",
                    group = TRUST)
            double exposureHost,

            @Parameter(
                    meaning = "exposure to the origin when weights run at home",
                    unit = "1",
                    baseline = .3,
                    low = .1,
                    high = .6,
                    basis = JUDGEMENT,
                    source = "backdoors and bias in weights remain, data stay",
                    group = TRUST)
            double exposureSelf,

            @Parameter(
                    meaning = "local control over a third country's host",
                    unit = "1",
                    baseline = .3,
                    low = .1,
                    high = .5,
                    basis = JUDGEMENT,
                    source = "another host can be found in weeks")
            double localControlHost,

            @Parameter(
                    meaning = "local control over weights run at home",
                    unit = "1",
                    baseline = .7,
                    low = .5,
                    high = .9,
                    basis = JUDGEMENT,
                    source = "weights stay, updates may not")
            double localControlSelf) {}

    /** E2: how adopters come to consider a stack. */
    @Section(title = "Consideration")
    public record Awareness(
            @Parameter(
                    meaning = "monthly hazard of considering a stack without seeing users",
                    unit = "1/month",
                    by = SEGMENT,
                    baseline = {.0645, .00133, .036, .006},
                    low = {.01, .0002, .003, .001},
                    high = {.3, .08, .05, .02},
                    basis = CALIBRATED,
                    source =
                            "consumers: docs/calibrations/consumers.yaml; enterprises: docs/calibrations/firms.yaml; developers: docs/calibrations/marketplace.yaml; public sector: judgement; Bass 1969 for the form; consumers' range: 58 % of adults in the United States had heard of ChatGPT after three and a half months (Pew, March 2023), .25 a month")
            double[] innovation,

            @Parameter(
                    meaning = "monthly hazard added by a stack that everybody uses",
                    unit = "1/month",
                    by = SEGMENT,
                    baseline = {.05, .821, .062, .06},
                    low = {.02, .04, .03, .02},
                    high = {.15, 1, .2, .15},
                    max = 2,
                    basis = CALIBRATED,
                    source =
                            "enterprises: docs/calibrations/firms.yaml; developers: docs/calibrations/marketplace.yaml; others: judgement; Bass 1969 for the form")
            double[] imitation,

            @Parameter(
                    meaning = "weight of the world's users against the nation's",
                    unit = "1",
                    baseline = .5,
                    low = .2,
                    high = .8,
                    basis = JUDGEMENT,
                    source = "news travels across borders")
            double worldWeight,

            @Parameter(
                    meaning = "reach of the stack's own publicity, on the innovation hazard",
                    unit = "1",
                    by = STACK,
                    baseline = {1, .3, .241, .819, .3, .5},
                    low = {.5, .1, .05, .1, .1, .2},
                    high = {1.5, 1, 1, 1, 1, 1},
                    max = 100,
                    basis = CALIBRATED,
                    source =
                            "Chinese services: docs/calibrations/consumers.yaml; Chinese weights: docs/calibrations/marketplace.yaml; others: judgement, vendors' marketing outside home; home stacks have full reach")
            double[] stackReach,

            @Parameter(
                    meaning = "share of adopters who consider the stack at the start",
                    unit = "1",
                    by = STACK,
                    baseline = {.02, .002, .002, .002, .002, 0},
                    low = {.005, 0, 0, 0, 0, 0},
                    high = {.05, .01, .01, .01, .01, .01},
                    basis = JUDGEMENT,
                    source = "ChatGPT had 100 million users two months after launch, 2 % of the world's internet users")
            double[] initial) {}

    /** E5: cost, price and capacity. */
    @Section(title = "Price", group = PRICE)
    public record Price(
            @Parameter(
                    meaning = "serving cost of a model at the reference capability in 2026-08",
                    unit = "USD/Mtok",
                    baseline = 1,
                    low = .5,
                    high = 2,
                    min = 1e-6,
                    max = 1e6,
                    basis = MEASURED,
                    source = "GLM-5.2 on eight H200 about 1.3 USD/Mtok at full load (SemiAnalysis throughput, derived)")
            double referenceCost,

            @Parameter(
                    meaning = "capability to which the reference cost belongs",
                    unit = "index points",
                    baseline = 50,
                    low = 50,
                    high = 50,
                    max = 1000,
                    basis = CONVENTION,
                    source = "reference level")
            double referenceCapability,

            @Parameter(
                    meaning = "months in which cost at given capability halves",
                    unit = "months",
                    baseline = 3.8,
                    low = 1.2,
                    high = 6,
                    min = .1,
                    max = 1e9,
                    basis = MEASURED,
                    source = "price at given capability falls 9-900 times a year, hardest tasks 9 (Epoch 2025)")
            double costHalving,

            @Parameter(
                    meaning = "growth of log cost per point of capability",
                    unit = "1/point",
                    baseline = .0893,
                    low = .05,
                    high = .2,
                    max = 5,
                    basis = MEASURED,
                    source = "12 ln 2/(24.5 x halving): keeps the frontier's price about flat, as observed 2023-26")
            double costSlope,

            @Parameter(
                    meaning = "slowing of cost decline a year after 2026-08",
                    unit = "1/year",
                    baseline = .1,
                    low = 0,
                    high = .3,
                    basis = JUDGEMENT,
                    source = "the same slowing as capability growth, so the frontier's price stays about flat")
            double costDeclineDecay,

            @Parameter(
                    meaning = "share of labs' log cost differences at equal capability that fades in a month",
                    unit = "1/month",
                    baseline = .02,
                    low = 0,
                    high = .1,
                    basis = JUDGEMENT,
                    source =
                            "know-how of serving spreads within a few years; prices of equal models converge across hosts")
            double costConvergence,

            @Parameter(
                    meaning = "mark-up of a lab nobody uses",
                    unit = "1",
                    baseline = .3,
                    low = 0,
                    high = 1,
                    min = -1,
                    max = 100,
                    basis = JUDGEMENT,
                    source = "entrants price near cost")
            double markupMin,

            @Parameter(
                    meaning = "mark-up of a lab everybody uses",
                    unit = "1",
                    baseline = 3,
                    low = 1,
                    high = 6,
                    min = -1,
                    max = 100,
                    basis = JUDGEMENT,
                    source = "open models sell 87-90 % below closed ones of equal score (Nagle & Yue 2025)")
            double markupMax,

            @Parameter(
                    meaning = "share of the way to the target mark-up in a month",
                    unit = "1/month",
                    baseline = .1,
                    low = .03,
                    high = .3,
                    basis = JUDGEMENT,
                    source = "list prices move a few times a year")
            double markupSpeed,

            @Parameter(
                    meaning = "share of serving cost that the United States covers for its labs",
                    unit = "1",
                    baseline = 0,
                    low = 0,
                    high = .3,
                    max = 1,
                    basis = JUDGEMENT,
                    source = "no programme seen at scale")
            double usSubsidy,

            @Parameter(
                    meaning = "share of serving cost that China covers for its labs",
                    unit = "1",
                    baseline = .2,
                    low = 0,
                    high = .6,
                    max = 1,
                    basis = JUDGEMENT,
                    source = "power at up to half price for domestic chips (FT 2025-11), compute vouchers")
            double cnSubsidy,

            @Parameter(
                    meaning = "tokens billed for one unit of the segment's price",
                    unit = "Mtok",
                    by = SEGMENT,
                    baseline = {6, 1, 1, 1},
                    low = {1, 1, 1, 1},
                    high = {10, 1, 1, 1},
                    max = 1000,
                    basis = JUDGEMENT,
                    source =
                            "consumers pay by the month: a 20 USD subscription is six million tokens of a flagship of late 2025; others by the million")
            double[] billedVolume,

            @Parameter(
                    meaning = "third-country host's margin over serving cost",
                    unit = "1",
                    baseline = .3,
                    low = .1,
                    high = 1,
                    max = 20,
                    basis = JUDGEMENT,
                    source = "spread among hosts of one model")
            double hostMargin,

            @Parameter(
                    meaning = "utilisation of hardware that runs weights at home",
                    unit = "1",
                    baseline = .3,
                    low = .15,
                    high = .6,
                    min = .001,
                    basis = MEASURED,
                    source =
                            "break-even utilisation .3 against GLM's own price (derived from thekroll.ltd, SemiAnalysis)")
            double selfUtilisation,

            @Parameter(
                    meaning = "cost of skills to run weights at home where skill is nil",
                    unit = "USD/month",
                    by = SEGMENT,
                    baseline = {20, 2000, 20000, 20000},
                    low = {5, 500, 5000, 5000},
                    high = {60, 6000, 60000, 60000},
                    max = 1e7,
                    basis = JUDGEMENT,
                    source = "a part-time engineer in an organisation")
            double[] skillCost,

            @Parameter(
                    meaning = "tokens over which an adopter spreads the skill cost",
                    unit = "Mtok/month",
                    by = SEGMENT,
                    baseline = {.5, 300, 3000, 3000},
                    low = {.2, 100, 1000, 1000},
                    high = {1, 1000, 10000, 10000},
                    min = 1e-3,
                    max = 1e9,
                    basis = JUDGEMENT,
                    source = "an organisation that hosts runs it steadily")
            double[] selfVolume,

            @Parameter(
                    meaning = "rise of the hardware price under full chip stringency on the tier",
                    unit = "1",
                    baseline = 1,
                    low = .2,
                    high = 3,
                    max = 100,
                    basis = JUDGEMENT,
                    source = "grey-market premia of 1.5-2 reported for controlled chips",
                    group = EXPORT_CONTROL)
            double tierScarcity,

            @Parameter(
                    meaning = "tokens an adopter uses in 2026-08 at an income of 40,000 USD",
                    unit = "Mtok/month",
                    by = SEGMENT,
                    baseline = {1, 60, 25, 12},
                    low = {.3, 20, 8, 4},
                    high = {3, 200, 80, 40},
                    max = 1e6,
                    basis = JUDGEMENT,
                    source =
                            "world tokens of about 26 quadrillion a month in 2026-06 over about 1.3 billion adopters (derived)")
            double[] volume,

            @Parameter(
                    meaning = "income elasticity of tokens used",
                    unit = "1",
                    baseline = .5,
                    low = .2,
                    high = 1,
                    max = 3,
                    basis = JUDGEMENT,
                    source = "between consumers' and firms' intensity")
            double volumeIncome,

            @Parameter(
                    meaning = "yearly growth factor of tokens per adopter, in logs, at 2026-08",
                    unit = "1/year",
                    baseline = .9,
                    low = .4,
                    high = 1.6,
                    max = 5,
                    basis = JUDGEMENT,
                    source =
                            "tokens per user grew severalfold a year 2024-26 (China's NDA: 0.1 to 140 trillion a day in all)")
            double volumeGrowth,

            @Parameter(
                    meaning = "slowing of that growth a year",
                    unit = "1/year",
                    baseline = .25,
                    low = 0,
                    high = .3,
                    max = 5,
                    basis = JUDGEMENT,
                    source =
                            "spending on tokens at list prices stays within a few per cent of world output to 2035; at .1 it would pass it")
            double volumeGrowthDecay,

            @Parameter(
                    meaning = "tokens an H100-equivalent serves",
                    unit = "Mtok/month",
                    baseline = 9000,
                    low = 3000,
                    high = 20000,
                    min = 1e-3,
                    max = 1e9,
                    basis = JUDGEMENT,
                    source =
                            "2,500 tokens a second at full load on a frontier mixture model is 6,600; smaller ones serve more (SemiAnalysis, derived); at 9,000 China is short by about a fifth in late 2026, as its price rises of that summer suggest")
            double tokensPerChip,

            @Parameter(
                    meaning = "share of compute that serves rather than trains",
                    unit = "1",
                    baseline = .4,
                    low = .2,
                    high = .7,
                    basis = JUDGEMENT,
                    source = "spending on serving against training of the large labs")
            double inferenceShare,

            @Parameter(
                    meaning = "price elasticity of tokens demanded when capacity is short",
                    unit = "1",
                    baseline = .5,
                    low = .2,
                    high = 1.1,
                    min = .01,
                    max = 5,
                    basis = JUDGEMENT,
                    source = "between market (.05-.3) and substitution (.8-1.5) elasticities")
            double demandElasticity,

            @Parameter(
                    meaning = "greatest congestion factor on price before use is rationed",
                    unit = "1",
                    baseline = 3,
                    low = 1.5,
                    high = 6,
                    min = 1,
                    max = 1000,
                    basis = JUDGEMENT,
                    source = "DeepSeek doubled and tripled prices in the shortage of mid-2026")
            double congestionCap) {}

    /** E6: what either power withholds from whom. */
    @Section(title = "Export control", group = EXPORT_CONTROL)
    public record ExportControl(
            @Parameter(
                    meaning = "United States stringency on chips: share of would-be imports stopped, before leakage",
                    unit = "1",
                    by = US_TARGET_TIER,
                    baseline = {0, .05, .6, .95},
                    low = {0, 0, .2, 0},
                    high = {0, .5, 1, 1},
                    basis = JUDGEMENT,
                    source =
                            "case-by-case licences and Chinese refusals at 2026-08, none shipped: observed .99, of which the rule alone about .91")
            double[] chipStringency,

            @Parameter(
                    meaning = "Chinese stringency on chips",
                    unit = "1",
                    by = CN_TARGET_TIER,
                    baseline = 0,
                    low = 0,
                    high = .3,
                    basis = JUDGEMENT,
                    source = "China exports few accelerators")
            double[] cnChipStringency,

            @Parameter(
                    meaning =
                            "share of would-be users that the United States license to use its closed models (1 open, 0 denied)",
                    unit = "1",
                    by = US_TARGET_TIER,
                    baseline = 1,
                    low = {1, .5, 0, 0},
                    high = 1,
                    basis = MEASURED,
                    source = "access restored 2026-07-01; vendors' own country lists are facts of the nations")
            double[] usModelAccess,

            @Parameter(
                    meaning = "share of would-be users that China licenses to use its services",
                    unit = "1",
                    by = CN_TARGET_TIER,
                    baseline = 1,
                    low = {.5, .5, .5, .5},
                    high = 1,
                    basis = MEASURED,
                    source = "curbs considered 2026-07 (disputed), none in force")
            double[] cnModelAccess,

            @Parameter(
                    meaning =
                            "whether the United States adapt chip stringency on China to the capability gap (0 no, 1 yes)",
                    unit = "1",
                    baseline = 0,
                    low = 0,
                    high = 1,
                    basis = JUDGEMENT,
                    source = "scheduled rules are the default")
            double adaptive,

            @Parameter(
                    meaning =
                            "whether China adapts chip stringency on the United States to the capability gap (0 no, 1 yes)",
                    unit = "1",
                    baseline = 0,
                    low = 0,
                    high = 1,
                    basis = JUDGEMENT,
                    source = "scheduled rules are the default")
            double cnAdaptive,

            @Parameter(
                    meaning = "capability gap below which an adaptive power tightens",
                    unit = "months",
                    baseline = 3,
                    low = 1,
                    high = 6,
                    min = -60,
                    max = 60,
                    basis = JUDGEMENT,
                    source = "the gap of 2026 was called alarming at 1-4 months")
            double adaptiveTighten,

            @Parameter(
                    meaning = "capability gap above which an adaptive power relaxes",
                    unit = "months",
                    baseline = 9,
                    low = 6,
                    high = 18,
                    min = -60,
                    max = 120,
                    basis = JUDGEMENT,
                    source = "the gap of 2023-24")
            double adaptiveRelax,

            @Parameter(
                    meaning = "step by which an adaptive power moves stringency in a month",
                    unit = "1/month",
                    baseline = .02,
                    low = .005,
                    high = .1,
                    basis = JUDGEMENT,
                    source = "two or three rule changes a year of .05-.1")
            double adaptiveStep,

            @Parameter(
                    meaning =
                            "penalty on sanctioned hardware or weights, when secondary sanctions are on, where alignment is full",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {0, .5, 2, 2},
                    low = 0,
                    high = {.5, 2, 4, 4},
                    max = 20,
                    basis = JUDGEMENT,
                    source = "compliance advice after the Ascend guidance of 2025-05")
            double[] secondaryPenalty,

            @Parameter(
                    meaning = "penalty on a vendor that does not serve the country",
                    unit = "utils",
                    baseline = .924,
                    low = .5,
                    high = 4,
                    max = 50,
                    basis = CALIBRATED,
                    source = "docs/calibrations/consumers.yaml; people find ways: resellers and VPN")
            double notServedPenalty,

            @Parameter(
                    meaning =
                            "share of adopters in an embargoed nation whom the embargo keeps out; others get round it",
                    unit = "1",
                    by = SEGMENT,
                    baseline = {.0204, .4, 1, 1},
                    low = {0, 0, .7, .9},
                    high = 1,
                    max = 1,
                    basis = CALIBRATED,
                    source =
                            "consumers: docs/calibrations/consumers.yaml; DeepSeek has a quarter of chatbot use in Iran and Syria, not nearly all of it: most people reach services of the United States all the same; others: judgement, organisations bear the legal risk")
            double[] embargoCoverage,

            @Parameter(
                    meaning = "penalty on services that the country's own law keeps out",
                    unit = "utils",
                    baseline = 4,
                    low = 2,
                    high = 8,
                    max = 50,
                    basis = JUDGEMENT,
                    source = "use behind the firewall is small but not nil")
            double closedMarketPenalty) {}

    /** E3: compute of the blocs. */
    @Section(title = "Chips", group = EXPORT_CONTROL)
    public record Chips(
            @Parameter(
                    meaning = "compute at the start of the run; the baseline is that of January 2023",
                    unit = "million H100-equivalents",
                    by = BLOC,
                    baseline = {.5, .07, .08},
                    low = {.3, .03, .04},
                    high = {.8, .12, .15},
                    max = 1e9,
                    basis = MEASURED,
                    source =
                            "Epoch AI chip counts: 6.5 M in all at end 2024 growing 3.3 times a year, China 11 % of it in 2022",
                    fixedAtStart = true)
            double[] stock,

            @Parameter(
                    meaning = "would-be imports in the first month of the run; the baseline is that of January 2023",
                    unit = "million H100-equivalents/month",
                    by = BLOC,
                    baseline = {.045, .012, .01},
                    low = {.02, .005, .004},
                    high = {.08, .03, .02},
                    max = 1e6,
                    basis = JUDGEMENT,
                    source = "fits the stocks of end 2024 (6.5 M) and end 2025 (17-20 M)")
            double[] imports,

            @Parameter(
                    meaning = "growth of world chip supply, in logs, at the start of the run",
                    unit = "1/year",
                    baseline = 1.3,
                    low = 1,
                    high = 1.5,
                    max = 5,
                    basis = MEASURED,
                    source = "3.3 times a year since 2022 (AI Index 2026)")
            double worldGrowth,

            @Parameter(
                    meaning = "slowing of that growth a year",
                    unit = "1/year",
                    baseline = .1,
                    low = .05,
                    high = .25,
                    max = 5,
                    basis = JUDGEMENT,
                    source = "no exponential of this rate lasts to 2035")
            double growthDecay,

            @Parameter(
                    meaning = "depreciation of compute",
                    unit = "1/month",
                    baseline = .015,
                    low = .01,
                    high = .03,
                    basis = JUDGEMENT,
                    source = "service life of four to six years")
            double depreciation,

            @Parameter(
                    meaning = "share of stopped imports that arrives all the same (smuggling, offshore clouds)",
                    unit = "1",
                    baseline = .1,
                    low = .01,
                    high = .4,
                    basis = MEASURED,
                    source = "CNAS 2025: 10 % (1-40) of training compute acquired")
            double leakage,

            @Parameter(
                    meaning =
                            "domestic chip output in the first month of the run; the baseline is that of January 2023",
                    unit = "million H100-equivalents/month",
                    by = BLOC,
                    baseline = {0, .007, 0},
                    low = {0, .003, 0},
                    high = {0, .015, 0},
                    max = 1e6,
                    basis = MEASURED,
                    source =
                            "Ascend .24 M H100e in 2025, TSMC-made dies before (Heim, RAND 2024), taken back at the growth below",
                    fixedAtStart = true)
            double[] domestic,

            @Parameter(
                    meaning = "growth of domestic output without controls",
                    unit = "1/year",
                    by = BLOC,
                    baseline = {0, .57, .3},
                    low = {0, .3, 0},
                    high = {.5, 1, 1},
                    max = 10,
                    basis = MEASURED,
                    source = "Bernstein 2025: supply 16 to 39 to 91 billion USD in 2025-28")
            double[] domesticGrowth,

            @Parameter(
                    meaning = "growth added under full stringency (induced innovation)",
                    unit = "1/year",
                    baseline = .5,
                    low = 0,
                    high = 1,
                    max = 10,
                    basis = JUDGEMENT,
                    source = "domestic mandates and guidance funds followed each rule")
            double inducedGrowth,

            @Parameter(
                    meaning = "fall of log unit cost per log cumulative domestic output (Wright)",
                    unit = "1",
                    baseline = .3,
                    low = .1,
                    high = .5,
                    max = 2,
                    basis = JUDGEMENT,
                    source = "Wright 1936 for the form; learning of 19 % a doubling")
            double learning,

            @Parameter(
                    meaning = "factor on would-be imports between announcement and effect of a control",
                    unit = "1",
                    baseline = 1.5,
                    low = 1,
                    high = 3,
                    min = 1,
                    max = 20,
                    basis = JUDGEMENT,
                    source = "purchases ahead of the rules of 2022-25")
            double stockpiling) {}

    /** E4: capability of labs. */
    @Section(title = "Capability")
    public record Capability(
            @Parameter(
                    meaning = "growth of the leader's capability without rivalry",
                    unit = "points/year",
                    baseline = 22,
                    low = 15,
                    high = 30,
                    max = 1000,
                    basis = MEASURED,
                    source = "index slope 24.6 (US) and 24.5 (CN) a year 2024-09 to 2026-08, less rivalry")
            double growth,

            @Parameter(
                    meaning = "slowing of that growth a year after 2026-08",
                    unit = "1/year",
                    baseline = .1,
                    low = 0,
                    high = .3,
                    max = 5,
                    basis = JUDGEMENT,
                    source = "no bounded index grows for ever; sweep it")
            double growthDecay,

            @Parameter(
                    meaning = "elasticity of growth to compute relative to the leader's",
                    unit = "1",
                    baseline = .3,
                    low = .1,
                    high = .6,
                    max = 5,
                    basis = JUDGEMENT,
                    source = "with catch-up .12 and compute .11 gives the observed lag of 4 months")
            double computeElasticity,

            @Parameter(
                    meaning = "share of the gap to the best visible closed rival closed in a month",
                    unit = "1/month",
                    baseline = .12,
                    low = .07,
                    high = .19,
                    basis = MEASURED,
                    source = "(1 - .11^.3)/4 months of lag (AA index 2025-26)")
            double catchUp,

            @Parameter(
                    meaning = "catch-up from open weights over catch-up from closed models",
                    unit = "1",
                    baseline = 1.5,
                    low = 1,
                    high = 3,
                    max = 20,
                    basis = JUDGEMENT,
                    source =
                            "weights can be studied and distilled at will; open matches closed in 13 weeks (Nagle 2025)")
            double openCatchUp,

            @Parameter(
                    meaning = "growth added where the two blocs are level (rivalry)",
                    unit = "1",
                    baseline = .15,
                    low = 0,
                    high = .4,
                    max = 10,
                    basis = JUDGEMENT,
                    source = "convergence since 2024 went with faster releases on both sides")
            double rivalry,

            @Parameter(
                    meaning = "gap over which rivalry fades",
                    unit = "points",
                    baseline = 10,
                    low = 5,
                    high = 25,
                    min = .001,
                    max = 1e6,
                    basis = JUDGEMENT,
                    source = "about five months of growth")
            double rivalryScale,

            @Parameter(
                    meaning = "growth added if every developer used the lab's open weights (ecosystem)",
                    unit = "1",
                    baseline = .2,
                    low = 0,
                    high = .6,
                    max = 10,
                    basis = JUDGEMENT,
                    source =
                            "derivatives, tools and evaluations flow back; Qwen has 69 % of new derivatives (ATOM 2026)")
            double ecosystem,

            @Parameter(
                    meaning = "months between releases",
                    unit = "months",
                    baseline = 4,
                    low = 2,
                    high = 8,
                    min = 1,
                    max = 120,
                    basis = MEASURED,
                    source = "frontier releases of each lab 2025-26 came every 2-5 months")
            double releaseCadence,

            @Parameter(
                    meaning = "share of the way to its funding share that a lab's compute share moves in a month",
                    unit = "1/month",
                    baseline = .02,
                    low = 0,
                    high = .1,
                    basis = JUDGEMENT,
                    source = "capital follows within a few years")
            double fundingSpeed,

            @Parameter(
                    meaning = "weight of revenue in funding",
                    unit = "1",
                    baseline = .4,
                    low = 0,
                    high = 1,
                    max = 10,
                    basis = JUDGEMENT,
                    source = "self-financed growth")
            double fundingRevenue,

            @Parameter(
                    meaning = "weight of users in funding (momentum)",
                    unit = "1",
                    baseline = .3,
                    low = 0,
                    high = 1,
                    max = 10,
                    basis = JUDGEMENT,
                    source = "valuations follow adoption: Zhipu's price rose 25-fold in six months of 2026")
            double fundingMomentum,

            @Parameter(
                    meaning = "weight of the state and of standing capital in funding",
                    unit = "1",
                    baseline = .3,
                    low = 0,
                    high = 1,
                    max = 10,
                    basis = JUDGEMENT,
                    source = "guidance funds; 184 billion USD since 2000 (AI Index 2026)")
            double fundingState) {}

    /** E7: trust of nations in blocs. */
    @Section(title = "Trust", group = TRUST)
    public record Trust(
            @Parameter(
                    meaning = "log-odds of trust in a bloc at average alignment",
                    unit = "logits",
                    by = BLOC,
                    baseline = {-.1, -.35, .3},
                    low = {-.5, -.9, -.2},
                    high = {.4, .2, .8},
                    min = -20,
                    max = 20,
                    basis = MEASURED,
                    source = "Pew 2025 medians: 49 % favourable of the US, 36 % of China; EU trusted by 53 %")
            double[] anchor,

            @Parameter(
                    meaning = "change of log-odds per standard deviation of alignment with the United States",
                    unit = "logits",
                    by = BLOC,
                    baseline = {.3, -.5, 0},
                    low = {0, -.9, -.2},
                    high = {.6, 0, .2},
                    min = -20,
                    max = 20,
                    basis = MEASURED,
                    source =
                            "across Pew's countries r = -.03 (US), -.49 (China) with the UN ideal point; not identified for the US: sweep it")
            double[] anchorAlignment,

            @Parameter(
                    meaning = "change of log-odds at full diplomacy of a power towards a nation",
                    unit = "logits",
                    baseline = .5,
                    low = 0,
                    high = 1.5,
                    max = 20,
                    basis = JUDGEMENT,
                    source = "membership, packages, pledges")
            double diplomacy,

            @Parameter(
                    meaning = "standard deviation of the nation effect where no survey is known",
                    unit = "logits",
                    baseline = .5,
                    low = .2,
                    high = 1,
                    max = 10,
                    basis = MEASURED,
                    source = "spread of log-odds across Pew's countries")
            double nationSpread,

            @Parameter(
                    meaning = "trust of a nation in its own vendors and models",
                    unit = "1",
                    baseline = .85,
                    low = .7,
                    high = .95,
                    basis = JUDGEMENT,
                    source = "own country trusted most in surveys (India 89 %, Pew 2025)")
            double home,

            @Parameter(
                    meaning = "share of the way to its anchor that trust moves in a month",
                    unit = "1/month",
                    baseline = .03,
                    low = .01,
                    high = .1,
                    basis = JUDGEMENT,
                    source = "favourability recovers over two to three years")
            double anchorPull,

            @Parameter(
                    meaning = "share of the way to other nations' trust in a month",
                    unit = "1/month",
                    baseline = .01,
                    low = 0,
                    high = .05,
                    basis = JUDGEMENT,
                    source = "DeGroot 1974 for the form")
            double networkPull,

            @Parameter(
                    meaning = "pull of the bloc's share of use in a month",
                    unit = "1/month",
                    baseline = .005,
                    low = 0,
                    high = .02,
                    basis = JUDGEMENT,
                    source = "familiarity")
            double usagePull,

            @Parameter(
                    meaning = "alignment distance over which nations' ties fade",
                    unit = "standard deviations",
                    baseline = .6,
                    low = .3,
                    high = 2,
                    min = .001,
                    max = 1000,
                    basis = JUDGEMENT,
                    source = "voting blocs",
                    fixedAtStart = true)
            double networkAlignment,

            @Parameter(
                    meaning = "distance over which nations' ties fade",
                    unit = "km",
                    baseline = 3000,
                    low = 1000,
                    high = 8000,
                    min = 1,
                    max = 1e9,
                    basis = JUDGEMENT,
                    source = "neighbourhood",
                    fixedAtStart = true)
            double networkDistance,

            @Parameter(
                    meaning = "trust lost where a power revokes model access",
                    unit = "logits",
                    baseline = .2,
                    low = 0,
                    high = .6,
                    max = 20,
                    basis = JUDGEMENT,
                    source = "shutdown of 12-30 June 2026; no share response measured")
            double accessShockLoss,

            @Parameter(
                    meaning = "part of that loss in nations not cut off that are no allies",
                    unit = "1",
                    baseline = .5,
                    low = 0,
                    high = 1,
                    basis = JUDGEMENT,
                    source = "they see that it can happen to them")
            double accessShockSpillover,

            @Parameter(
                    meaning = "trust lost by a security incident on a hosted service",
                    unit = "logits",
                    baseline = .1,
                    low = 0,
                    high = .3,
                    max = 20,
                    basis = JUDGEMENT,
                    source = "leaks pass quickly")
            double securityLoss,

            @Parameter(
                    meaning = "trust lost by a misuse incident traced to open weights",
                    unit = "logits",
                    baseline = .05,
                    low = 0,
                    high = .2,
                    max = 20,
                    basis = JUDGEMENT,
                    source = "blame is shared with the misuser")
            double misuseLoss,

            @Parameter(
                    meaning = "trust lost by a backdoor found",
                    unit = "logits",
                    baseline = 1,
                    low = .3,
                    high = 2,
                    max = 20,
                    basis = JUDGEMENT,
                    source = "none confirmed so far")
            double backdoorLoss,

            @Parameter(
                    meaning = "half-life of the loss from an access shock",
                    unit = "months",
                    baseline = 12,
                    low = 6,
                    high = 18,
                    min = .01,
                    max = 1e6,
                    basis = JUDGEMENT,
                    source = "6-18 months")
            double accessHalfLife,

            @Parameter(
                    meaning = "half-life of the loss from an incident",
                    unit = "months",
                    baseline = 4,
                    low = 2,
                    high = 12,
                    min = .01,
                    max = 1e6,
                    basis = JUDGEMENT,
                    source = "news cycle")
            double incidentHalfLife,

            @Parameter(
                    meaning = "half-life of the loss from a backdoor",
                    unit = "months",
                    baseline = 18,
                    low = 6,
                    high = 36,
                    min = .01,
                    max = 1e6,
                    basis = JUDGEMENT,
                    source = "as the equipment bans after 2018")
            double backdoorHalfLife,

            @Parameter(
                    meaning = "security incidents a year in a nation where everybody uses one bloc's services",
                    unit = "1/year",
                    baseline = .3,
                    low = .05,
                    high = 1,
                    max = 1000,
                    basis = JUDGEMENT,
                    source = "a handful of reported leaks a year worldwide at present use")
            double securityRate,

            @Parameter(
                    meaning =
                            "misuse incidents a year in a nation where everybody uses one bloc's open weights at 100 points",
                    unit = "1/year",
                    baseline = .5,
                    low = .05,
                    high = 2,
                    max = 1000,
                    basis = JUDGEMENT,
                    source = "few traced so far")
            double misuseRate) {}

    /** E8: what nations do about it. */
    @Section(title = "Stance")
    public record Stance(
            @Parameter(
                    meaning = "months between a nation's reviews of its stance",
                    unit = "months",
                    baseline = 12,
                    low = 6,
                    high = 36,
                    min = 1,
                    max = 1200,
                    basis = JUDGEMENT,
                    source = "budget and strategy cycles")
            int reviewInterval,

            @Parameter(
                    meaning = "weight of security: use that is not trusted",
                    unit = "utils",
                    baseline = 1,
                    low = 0,
                    high = 3,
                    max = 50,
                    basis = JUDGEMENT,
                    source = "public-sector bans of 2025",
                    group = TRUST)
            double security,

            @Parameter(
                    meaning = "weight of dependence: concentration times perceived risk of being cut off",
                    unit = "utils",
                    baseline = 1.5,
                    low = 0,
                    high = 4,
                    max = 50,
                    basis = JUDGEMENT,
                    source = "statements after the shutdown of June 2026",
                    group = EXPORT_CONTROL)
            double dependence,

            @Parameter(
                    meaning = "weight of alignment with a power",
                    unit = "utils per standard deviation",
                    baseline = .5,
                    low = 0,
                    high = 1.5,
                    max = 50,
                    basis = JUDGEMENT,
                    source = "bans follow alliances")
            double alignment,

            @Parameter(
                    meaning = "fiscal cost of a sovereign programme to an economy of 1,000 billion USD",
                    unit = "utils",
                    baseline = .5,
                    low = .1,
                    high = 2,
                    max = 50,
                    basis = JUDGEMENT,
                    source = "cost over budget; grows as the square root of smallness")
            double fiscalCost,

            @Parameter(
                    meaning = "worth of keeping the stance held",
                    unit = "utils",
                    baseline = .8,
                    low = 0,
                    high = 2,
                    max = 50,
                    basis = JUDGEMENT,
                    source = "policies last")
            double inertia,

            @Parameter(
                    meaning = "precision of the choice of stance (inverse scale of its noise)",
                    unit = "1/util",
                    baseline = 4,
                    low = 1,
                    high = 10,
                    min = .01,
                    max = 1e6,
                    basis = JUDGEMENT,
                    source = "politics is noisy")
            double precision,

            @Parameter(
                    meaning =
                            "policy term against the other bloc under alignment, and for local control under sovereignty",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {.1, .2, .6, 3},
                    low = {0, 0, .2, 1},
                    high = {.5, .6, 1.5, 6},
                    max = 50,
                    basis = JUDGEMENT,
                    source = "guidance binds the public sector, advice the rest")
            double[] policy,

            @Parameter(
                    meaning = "share of the segment whom alignment with a power forbids the other's services",
                    unit = "1",
                    by = SEGMENT,
                    baseline = {0, 0, 0, 1},
                    low = {0, 0, 0, 0},
                    high = {0, 0, 1, 1},
                    basis = JUDGEMENT,
                    source = "government-device bans of 2025")
            double[] ban,

            @Parameter(
                    meaning = "rise of perceived cut-off risk with an access shock seen in full",
                    unit = "1",
                    baseline = .3,
                    low = .1,
                    high = .6,
                    basis = JUDGEMENT,
                    source = "half of it where seen from afar",
                    group = EXPORT_CONTROL)
            double cutOffRise,

            @Parameter(
                    meaning = "decay of perceived cut-off risk",
                    unit = "1/month",
                    baseline = .03,
                    low = .01,
                    high = .1,
                    basis = JUDGEMENT,
                    source = "memory of two to three years",
                    group = EXPORT_CONTROL)
            double cutOffDecay,

            @Parameter(
                    meaning = "perceived cut-off risk that never decays",
                    unit = "1",
                    by = BLOC,
                    baseline = {.05, .05, .01},
                    low = {0, 0, 0},
                    high = {.2, .2, .05},
                    basis = JUDGEMENT,
                    source = "precedents in other technologies",
                    group = EXPORT_CONTROL)
            double[] cutOffFloor) {}

    /** E9: nations' own models. */
    @Section(title = "Sovereign model")
    public record Sovereign(
            @Parameter(
                    meaning = "capacity (readiness times size) that a programme needs",
                    unit = "1",
                    baseline = .35,
                    low = .2,
                    high = .6,
                    max = 10,
                    basis = JUDGEMENT,
                    source = "nations with national models in 2026")
            double capacityThreshold,

            @Parameter(
                    meaning = "capability lost in adapting open weights where skill or language support is nil",
                    unit = "points",
                    baseline = 15,
                    low = 5,
                    high = 30,
                    max = 1000,
                    basis = JUDGEMENT,
                    source = "national models on Qwen and Llama trail their bases by 5-15 points")
            double adaptationGap,

            @Parameter(
                    meaning =
                            "programme compute as a share of the leading lab's, for an economy of 1,000 billion USD at full effort",
                    unit = "1",
                    baseline = .01,
                    low = .002,
                    high = .05,
                    max = 10,
                    basis = JUDGEMENT,
                    source = "India's 38,000 GPUs against a leader's million")
            double programmeCompute,

            @Parameter(
                    meaning = "months from the start of a programme to its first model",
                    unit = "months",
                    baseline = 9,
                    low = 6,
                    high = 18,
                    max = 240,
                    basis = JUDGEMENT,
                    source = "SEA-LION, Sarvam")
            int buildMonths,

            @Parameter(
                    meaning = "share of the cost of the own offer that the state covers",
                    unit = "1",
                    baseline = .5,
                    low = .2,
                    high = .9,
                    basis = JUDGEMENT,
                    source = "compute subsidies of national programmes",
                    group = PRICE)
            double subsidy) {}

    /** E10: burden of regulation on open weights and on services. */
    @Section(title = "Regulation")
    public record Regulation(
            @Parameter(
                    meaning = "decay of burden",
                    unit = "1/month",
                    baseline = .02,
                    low = .005,
                    high = .05,
                    basis = JUDGEMENT,
                    source = "rules are eased or outgrown")
            double decay,

            @Parameter(
                    meaning = "burden added by an incident seen",
                    unit = "burden",
                    baseline = .1,
                    low = 0,
                    high = .4,
                    max = 20,
                    basis = JUDGEMENT,
                    source = "regulation follows scandals")
            double response,

            @Parameter(
                    meaning = "burden that policy adds in a month on open weights",
                    unit = "burden/month",
                    baseline = .002,
                    low = 0,
                    high = .02,
                    max = 10,
                    basis = JUDGEMENT,
                    source = "steady rule-making, about .1 in the long run")
            double policyOpen,

            @Parameter(
                    meaning = "burden that policy adds in a month on services",
                    unit = "burden/month",
                    baseline = .003,
                    low = 0,
                    high = .02,
                    max = 10,
                    basis = JUDGEMENT,
                    source = "steady rule-making, about .15 in the long run")
            double policyApi,

            @Parameter(
                    meaning = "disutility of a unit of burden",
                    unit = "utils",
                    by = SEGMENT,
                    baseline = {.2, .4, .8, .8},
                    low = {0, .1, .2, .2},
                    high = {.6, 1, 2, 2},
                    max = 50,
                    basis = JUDGEMENT,
                    source = "compliance weighs on organisations")
            double[] weight,

            @Parameter(
                    meaning = "fall of log incident rates per unit of burden",
                    unit = "1",
                    baseline = .8,
                    low = .2,
                    high = 2,
                    max = 50,
                    basis = JUDGEMENT,
                    source = "testing and audits")
            double effect) {}
}
