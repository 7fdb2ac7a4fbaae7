/*
 * The adopter loop of the engine (sim-core: population, adoption, random, maths) in plain scalar C: the yardstick for
 * the speed of the Java. Same columns, keyed draws, tables and order of operations, hence the same choices to the bit;
 * compile with -ffp-contract=off.
 *
 *     adopters CASE adopters=100000 runs=1 warmups=1 seed=1
 *
 * CASE is what the Java class twostacks.benchmark.CaseFile writes. Prints a line of name=value words a run, as
 * twostacks.benchmark.AdopterLoop does.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum {
    STACKS = 6,
    BINS = 10,
    LONG_TENURE = 31,
    STRIDE = 8,
    PEER_BITS = 8,
    BATCH = 512,
    NOTED_PEERS = 16,
    MARGIN = 32,
    NOBODY = STACKS + 1,
    FOUR_NOBODIES = NOBODY * 0x01010101,
    ALONE = NOBODY << 8,
    OFFER_BITS = 6,
    TASTE_BITS = 5,
    SINCE_AT = OFFER_BITS + STACKS + TASTE_BITS,
    NONE = STACKS,
    COMPARED = 4,
    ROW_AT = 8,
    LAST_OFFER = (1 << ROW_AT) - 1,
    POWER_LEAST = -24,
    POWER_MOST = 8,
    POWER_STEPS = (POWER_MOST - POWER_LEAST) * 64,
    POWER_ORIGIN = (1023 + POWER_LEAST) * 64,
    MOVES = 5,
    COHORT_OFFSET = LONG_TENURE + 1,
    MOST_BUCKET_BITS = 12,
    MOST_OFFERS = 62,
    MOST_TASTES = 32
};
enum { SAME, FAMILY, STACK, OTHER };
enum { RANK, CONSIDER, TASTE, REVIEW, CHOICE, PEERS };

static void die(const char *what, const char *which) {
    fprintf(stderr, "adopters: %s %s\n", what, which);
    exit(2);
}

static void *zeroed(size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size);
    if (!memory) {
        die("out of", "memory");
    }
    return memory;
}

/* Draws ------------------------------------------------------------------------------------------------------------ */

static const uint64_t GAMMA = 0x9E3779B97F4A7C15ULL;

static inline uint64_t mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

static inline uint64_t fold(uint64_t key, uint64_t part) {
    return mix(mix(key + GAMMA) ^ (part * 0xD1B54A32D192ED03ULL + 0x8CB92BA72F3D8DD7ULL));
}

static inline uint64_t draw_bits(uint64_t key, uint64_t item) { return mix(key + (item + 1) * GAMMA); }

/* By way of a signed number, whose conversion is one instruction. */
static inline double unit(uint64_t bits) { return (double)(int64_t)(bits >> 11) * 0x1.0p-53; }

static uint64_t bernoulli64(uint64_t key, uint64_t block, uint64_t probability) {
    if (probability >= 1ULL << 32) {
        return ~0ULL;
    }
    uint64_t set = 0;
    uint64_t undecided = ~0ULL;
    uint64_t remaining = probability << 32;
    uint64_t base = block << 5;
    for (int digit = 0; digit < 32 && undecided != 0 && remaining != 0; digit++) {
        uint64_t draw = draw_bits(key, base + digit);
        if (remaining >> 63) {
            set |= undecided & ~draw;
            undecided &= draw;
        } else {
            undecided &= ~draw;
        }
        remaining <<= 1;
    }
    return set;
}

static uint64_t threshold(double p) {
    return p <= 0 ? 0 : p >= 1 ? 1ULL << 32 : (uint64_t)(int64_t)(p * 4294967296.0 + .5);
}

/* Exponential and logarithm, as in DetMath ------------------------------------------------------------------------- */

static double exp_table[64];
static double log_centre[128];
static double log_table[128];
static const double LN2_STEP_LOW = 1.9082149292705877e-10 / 64;
static const double LN2_LOW = 1.9082149292705877e-10;

static inline uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double double_of(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* Half a draw as a part of 1. */
static inline double part_of(uint64_t half) { return double_of(half << 20 | 0x3FF0000000000000ULL) - 1; }

static double exp_of(double x) {
    if (!(x > -700 && x < 700)) {
        return exp(x);
    }
    double t = x * (64 / 0.6931471805599453);
    int64_t n = (int64_t)(t + (t < 0 ? -.5 : .5));
    double r = (x - (double)n * double_of(0x3F862E42FEE00000ULL)) - (double)n * LN2_STEP_LOW;
    double p = r + r * r * (.5 + r * (1 / 6.0 + r * (1 / 24.0 + r * (1 / 120.0))));
    double base = exp_table[n & 63];
    double scale = double_of((uint64_t)((n >> 6) + 1023) << 52);
    return (base + base * p) * scale;
}

static double log_of(double x) {
    uint64_t bits = bits_of(x);
    if (bits < 0x0010000000000000ULL || bits >= 0x7FF0000000000000ULL) {
        return log(x);
    }
    uint64_t shifted = bits - bits_of(sqrt(.5));
    int64_t exponent = (int64_t)shifted >> 52;
    double m = double_of(bits - ((uint64_t)exponent << 52));
    int j = (int)((shifted & 0x000FFFFFFFFFFFFFULL) >> 45);
    double r = (m - log_centre[j]) / log_centre[j];
    double one_plus =
        r - r * r * (.5 - r * (1 / 3.0 - r * (.25 - r * (.2 - r * (1 / 6.0 - r * (1 / 7.0 - r * .125))))));
    return (double)exponent * double_of(0x3FE62E42FEE00000ULL) +
           (log_table[j] + (one_plus + (double)exponent * LN2_LOW));
}

static double pow_of(double x, double y) {
    if (y == 1 || x == 1) {
        return x;
    }
    if (y == 0) {
        return 1;
    }
    if (x == 0) {
        return y > 0 ? 0 : INFINITY;
    }
    return exp_of(y * log_of(x));
}

/* Bounds of a power ------------------------------------------------------------------------------------------------ */

typedef struct {
    double bounds[2 * (POWER_STEPS + 2)];
} PowerBound;

static void power_bound(PowerBound *b, double rho) {
    b->bounds[0] = 0;
    for (int i = 0; i <= POWER_STEPS; i++) {
        double power = pow_of(double_of((uint64_t)(POWER_ORIGIN + i) << 46), rho);
        b->bounds[2 * i + 1] = power * (1 + 1e-12);
        b->bounds[2 * i + 2] = power * (1 - 1e-12);
    }
    b->bounds[2 * POWER_STEPS + 3] = INFINITY;
}

/* FixedPower: the same grid, by step the power of its middle and 1 over its middle. */
typedef struct {
    double exponent, second, third, fourth, fifth;
    double table[2 * POWER_STEPS];
} FixedPower;

static void fixed_power(FixedPower *p, double exponent) {
    p->exponent = exponent;
    for (int i = 0; i < POWER_STEPS; i++) {
        double middle = double_of(((uint64_t)(POWER_ORIGIN + i) << 46) + (1ULL << 45));
        p->table[2 * i] = pow_of(middle, exponent);
        p->table[2 * i + 1] = 1 / middle;
    }
    p->second = (exponent - 1) / 2;
    p->third = (exponent - 2) / 3;
    p->fourth = (exponent - 3) / 4;
    p->fifth = (exponent - 4) / 5;
}

static inline double fixed_power_of(const FixedPower *p, double x) {
    int step = (int)(bits_of(x) >> 46) - POWER_ORIGIN;
    if (step < 0 || step >= POWER_STEPS) {
        return pow_of(x, p->exponent);
    }
    double power = p->table[2 * step];
    double r = x * p->table[2 * step + 1] - 1;
    return power + power * (p->exponent * r *
                            (1 + p->second * r * (1 + p->third * r * (1 + p->fourth * r * (1 + p->fifth * r)))));
}

static inline int power_at(double x) {
    int step = (int)(bits_of(x) >> 46) - (POWER_ORIGIN - 1);
    step = step < POWER_STEPS + 1 ? step : POWER_STEPS + 1;
    return 2 * (step > 0 ? step : 0);
}

/* The case --------------------------------------------------------------------------------------------------------- */

typedef struct {
    int count;
    int *stack;
    int *lab;
    int *first;
    int *end;
    int *stack_order;
    int *sign;
    uint8_t *distance;
    uint8_t *related;
} Offers;

typedef struct {
    int64_t nation;
    int months;
    int segments;
    Offers offers;
    double *segment_share;
    int peers;
    double rewiring;
    double *social;
    double peer_weight;
    double *switching;
    double lock_in_time;
    double distance_family;
    double distance_stack;
    double distance_none;
    double *review;
    double *taste_spread;
    double *taste;
    int tastes;
    double rho;
    double rho_use;
    double *innovation;
    double *imitation;
    double world_weight;
    double *stack_reach;
    double *initial;
    double *non_use;
    double *available;
    double *utility;
} Case;

/* Reads the values of the line that must come next. */
static double *doubles(FILE *in, const char *name, int *count) {
    char found[64];
    int n;
    if (fscanf(in, "%63s %d", found, &n) != 2 || strcmp(found, name) != 0) {
        die("the case lacks", name);
    }
    double *values = zeroed(n, sizeof *values);
    for (int i = 0; i < n; i++) {
        char word[64];
        if (fscanf(in, "%63s", word) != 1) {
            die("the case has too few values of", name);
        }
        values[i] = strtod(word, NULL);
    }
    if (count) {
        *count = n;
    }
    return values;
}

static double number(FILE *in, const char *name) {
    double *values = doubles(in, name, NULL);
    double value = values[0];
    free(values);
    return value;
}

static int *integers(FILE *in, const char *name) {
    int n;
    double *values = doubles(in, name, &n);
    int *result = zeroed(n, sizeof *result);
    for (int i = 0; i < n; i++) {
        result[i] = (int)values[i];
    }
    free(values);
    return result;
}

static void table(FILE *in, const char *name, double *into, int size) {
    int n;
    double *values = doubles(in, name, &n);
    if (n != size) {
        die("the case has the wrong number of values of", name);
    }
    memcpy(into, values, sizeof *into * size);
    free(values);
}

static void read_case(Case *c, const char *path) {
    FILE *in = fopen(path, "r");
    if (!in) {
        die("cannot read", path);
    }
    c->nation = (int64_t)number(in, "nation"); /* three letters: exact in a double */
    c->months = (int)number(in, "months");
    c->segments = (int)number(in, "segments");
    Offers *o = &c->offers;
    o->count = (int)number(in, "offers");
    o->stack = integers(in, "stack");
    o->lab = integers(in, "lab");
    o->first = integers(in, "first");
    o->end = integers(in, "end");
    o->stack_order = integers(in, "stackOrder");
    o->sign = integers(in, "sign");
    o->distance = zeroed(o->count * o->count, 1);
    o->related = zeroed(o->count * STACKS, 1);
    for (int j = 0; j < o->count; j++) {
        for (int k = 0; k < o->count; k++) {
            int d = j == k                                          ? SAME
                    : o->lab[j] >= 0 && o->lab[j] == o->lab[k]      ? FAMILY
                    : o->stack[j] == o->stack[k]                    ? STACK
                                                                    : OTHER;
            o->distance[j * o->count + k] = (uint8_t)d;
            o->related[j * STACKS + o->stack[k]] |= d != OTHER;
        }
    }
    c->segment_share = doubles(in, "segmentShare", NULL);
    c->peers = (int)number(in, "peers");
    c->rewiring = number(in, "rewiring");
    c->social = doubles(in, "social", NULL);
    c->peer_weight = number(in, "peerWeight");
    c->switching = doubles(in, "switching", NULL);
    c->lock_in_time = number(in, "lockInTime");
    c->distance_family = number(in, "distanceFamily");
    c->distance_stack = number(in, "distanceStack");
    c->distance_none = number(in, "distanceNone");
    c->review = doubles(in, "review", NULL);
    c->taste_spread = doubles(in, "tasteSpread", NULL);
    c->taste = doubles(in, "taste", &c->tastes);
    c->rho = number(in, "nestDissimilarity");
    c->rho_use = number(in, "useDissimilarity");
    c->rho = c->rho < c->rho_use ? c->rho : c->rho_use;
    c->innovation = doubles(in, "innovation", NULL);
    c->imitation = doubles(in, "imitation", NULL);
    c->world_weight = number(in, "worldWeight");
    c->stack_reach = doubles(in, "stackReach", NULL);
    c->initial = doubles(in, "initial", NULL);
    c->non_use = doubles(in, "nonUse", NULL);
    c->available = doubles(in, "available", NULL);
    c->utility = doubles(in, "utility", NULL);
    table(in, "expTable", exp_table, 64);
    table(in, "logCentre", log_centre, 128);
    table(in, "logTable", log_table, 128);
    fclose(in);
}

/* Tenure ----------------------------------------------------------------------------------------------------------- */

static const double MIDDLE[BINS] = {0, 1, 2, 3, 4.5, 7, 10.5, 15.5, 24.5, 48};
static uint8_t bin_of[LONG_TENURE + 1];

static void tenure_bins(void) {
    static const int from[BINS] = {0, 1, 2, 3, 4, 6, 9, 13, 19, LONG_TENURE};
    for (int months = 0, bin = 0; months <= LONG_TENURE; months++) {
        if (bin + 1 < BINS && months >= from[bin + 1]) {
            bin++;
        }
        bin_of[months] = (uint8_t)bin;
    }
}

static inline int tenure_bin(int months) { return bin_of[months < LONG_TENURE ? months : LONG_TENURE]; }

/* Factors of a segment --------------------------------------------------------------------------------------------- */

typedef struct {
    double rho;
    double rho_use;
    double within[BINS][4];
    double whole_nest[BINS];
    double from_none[BINS];
    double to_none[BINS];
    double *personal;
    double *peers;
    int peers_matter;
    int degree;
    uint64_t rewiring;
    uint64_t review;
    uint8_t kept[MOVES][LONG_TENURE + 1];
    PowerBound power_bound;
    FixedPower nest_power;
} Terms;

static void segment_terms(Terms *t, const Case *c, int s) {
    t->rho = c->rho;
    t->rho_use = c->rho_use;
    power_bound(&t->power_bound, c->rho_use);
    fixed_power(&t->nest_power, t->rho / t->rho_use);
    double distances[5] = {0, c->distance_family, c->distance_stack, 1, c->distance_none};
    for (int d = 0; d < MOVES; d++) {
        for (int months = 0; months <= LONG_TENURE; months++) {
            t->kept[d][months] = (uint8_t)(months * (1 - distances[d]));
        }
    }
    double phi = c->switching[s];
    for (int b = 0; b < BINS; b++) {
        double lock_in = b == 0 ? 0 : c->lock_in_time == 0 ? 1 : 1 - exp_of(-MIDDLE[b] / c->lock_in_time);
        for (int d = 0; d < 4; d++) {
            t->within[b][d] = exp_of(-(phi * distances[d] * lock_in) / c->rho);
        }
        t->whole_nest[b] = exp_of(-(phi * 1 * lock_in) / c->rho_use);
        double none = phi * distances[4] * lock_in;
        t->from_none[b] = exp_of(-none / c->rho_use);
        t->to_none[b] = exp_of(-none);
    }
    const Offers *o = &c->offers;
    t->personal = zeroed(STRIDE * c->tastes << STACKS, sizeof *t->personal);
    for (int b = 0; b < c->tastes; b++) {
        for (int position = 0; position < STACKS; position++) {
            int g = o->stack_order[position];
            double taste = exp_of(c->taste_spread[s] * c->taste[b] * o->sign[g] / c->rho_use);
            for (int considered = 0; considered < 1 << STACKS; considered++) {
                int person = b << STACKS | considered;
                t->personal[person * STRIDE + position] = (considered >> g & 1) * taste;
            }
        }
    }
    int degree = c->peers;
    double j = c->social[s];
    t->degree = degree;
    t->peers_matter = j > 0 && c->peer_weight > 0 && degree > 0;
    t->peers = zeroed((degree + 1) * (degree + 1), sizeof *t->peers);
    for (int m = 0; m <= degree; m++) {
        for (int n = 0; n <= m; n++) {
            double share = m == 0 ? 0 : (double)n / m;
            double social = j * ((1 - c->peer_weight) * 0 + c->peer_weight * share);
            t->peers[m * (degree + 1) + n] = exp_of(social / c->rho_use);
        }
    }
    t->rewiring = threshold(c->rewiring);
    t->review = threshold(c->review[s]);
}

/* Choice tables ---------------------------------------------------------------------------------------------------- */

typedef struct {
    const Offers *offers;
    const Terms *terms;
    double exp[MOST_OFFERS];
    int last_available[STACKS];
    double nest_top[STACKS]; /* by position, as scale and base */
    double scale[STRIDE];
    double base[STACKS];
    int relatives[MOST_OFFERS + 1][STACKS];
    int relative_count[MOST_OFFERS + 1];
    int *stamps;
    double *weights;
    int *nests;
    double *cumulated;
    int width;
    int *sums;
    int sum_count;
    int stamp;
    double none;
    double top;
    double exponent;
} Tables;

static Tables *new_tables(const Offers *offers) {
    Tables *t = zeroed(1, sizeof *t);
    int states = (offers->count + 1) * BINS;
    t->offers = offers;
    t->stamps = zeroed(states, sizeof *t->stamps);
    t->weights = zeroed(states * STRIDE, sizeof *t->weights);
    t->nests = zeroed(states * STRIDE, sizeof *t->nests);
    t->sums = zeroed(states * STACKS, sizeof *t->sums);
    t->width = COMPARED;
    for (int g = 0; g < STACKS; g++) {
        int size = offers->end[g] - offers->first[g] - 1;
        t->width = t->width > size ? t->width : size;
    }
    int row = STACKS;
    for (int held = 0; held <= offers->count; held++) {
        for (int position = 0; position < STACKS; position++) {
            if (held < offers->count && offers->related[held * STACKS + offers->stack_order[position]]) {
                t->relatives[held][t->relative_count[held]++] = position;
            }
        }
        for (int bin = 0; bin < BINS; bin++) {
            for (int position = 0; position < STACKS; position++) {
                int g = offers->stack_order[position];
                int differs = held < offers->count && offers->related[held * STACKS + g];
                t->nests[(held * BINS + bin) * STRIDE + position] =
                    (differs ? row++ : position) * (t->width + 1) << ROW_AT | (offers->first[g] + t->width);
            }
        }
    }
    t->cumulated = zeroed(row * (t->width + 1), sizeof *t->cumulated);
    for (int k = 0; k < row * (t->width + 1); k++) {
        t->cumulated[k] = INFINITY;
    }
    return t;
}

static void free_tables(Tables *t) {
    free(t->stamps);
    free(t->weights);
    free(t->nests);
    free(t->sums);
    free(t->cumulated);
    free(t);
}

static double cumulate(Tables *t, int position, int row, const uint8_t *distance, const double *factors) {
    const Offers *o = t->offers;
    double *shares = t->cumulated;
    int g = o->stack_order[position];
    int last = t->last_available[position];
    int at = row;
    double sum = 0;
    for (int k = o->first[g]; k <= last; k++) {
        sum += t->exp[k] * factors[distance[k]];
        shares[at++] = sum;
    }
    double inverse = 1 / sum;
    for (int k = row; k < at - 1; k++) {
        shares[k] *= inverse;
    }
    int end = row + o->end[g] - o->first[g];
    for (int k = at > row ? at - 1 : row; k < end; k++) {
        shares[k] = INFINITY;
    }
    return sum;
}

static void start_tables(Tables *t, const Terms *terms, const double *utility, double non_use) {
    const Offers *o = t->offers;
    t->terms = terms;
    t->exponent = terms->rho / terms->rho_use;
    t->stamp++;
    t->top = -INFINITY;
    static const double no_switching[4] = {1, 1, 1, 1};
    for (int position = 0; position < STACKS; position++) {
        int g = o->stack_order[position];
        double best = -INFINITY;
        int last = -1;
        for (int k = o->first[g]; k < o->end[g]; k++) {
            best = best > utility[k] ? best : utility[k];
            last = utility[k] > -INFINITY ? k : last;
        }
        t->last_available[position] = last;
        t->nest_top[position] = best;
        t->top = t->top > best ? t->top : best;
    }
    for (int position = 0; position < STACKS; position++) {
        int g = o->stack_order[position];
        for (int k = o->first[g]; k < o->end[g]; k++) {
            t->exp[k] = utility[k] == -INFINITY ? 0 : exp_of((utility[k] - t->nest_top[position]) / terms->rho);
        }
    }
    for (int position = 0; position < STACKS; position++) {
        t->base[position] = cumulate(t, position, position * (t->width + 1), o->distance, no_switching);
    }
    for (int position = 0; position < STACKS; position++) {
        t->scale[position] =
            t->base[position] == 0 ? 0 : exp_of((t->nest_top[position] - t->top) / terms->rho_use);
        t->base[position] = t->scale[position] * pow_of(t->base[position], t->exponent);
    }
    double relative = non_use - t->top;
    t->none = t->top == -INFINITY ? 1 : exp_of(relative < -700 ? -700 : relative > 700 ? 700 : relative);
}

static void fill(Tables *t, int state) {
    const Offers *o = t->offers;
    const Terms *terms = t->terms;
    int held = state / BINS;
    int bin = state % BINS;
    int any = held < o->count;
    double switched = any ? terms->whole_nest[bin] : terms->from_none[bin];
    int at = state * STRIDE;
    for (int position = 0; position < STACKS; position++) {
        t->weights[at + position] = t->base[position] * switched;
    }
    t->weights[at + NONE] = any ? t->none * terms->to_none[bin] : t->none;
    for (int n = 0; n < t->relative_count[held]; n++) {
        int position = t->relatives[held][n];
        t->weights[at + position] = cumulate(t, position, t->nests[at + position] >> ROW_AT,
                                             o->distance + held * o->count, terms->within[bin]);
        t->sums[t->sum_count++] = at + position;
    }
}

static void raise_sums(Tables *t) {
    for (int n = 0; n < t->sum_count; n++) {
        int at = t->sums[n];
        t->weights[at] = t->scale[at % STRIDE] * fixed_power_of(&t->terms->nest_power, t->weights[at]);
    }
    t->sum_count = 0;
}

static inline int state_of(int held, int bin) { return held * BINS + bin; }

typedef struct {
    int count;
    int within[BATCH];
    int word[BATCH];
    int state[BATCH];
    uint64_t draw[BATCH];
    uint64_t peers[BATCH];
    double cuts[BATCH * STRIDE];
    int nest[BATCH];
    double share[BATCH];
    int chosen[BATCH];
    int selected[BATCH * NOTED_PEERS + 2];
} Batch;

static void prepare(Tables *t, Batch *batch) {
    int *missing = batch->selected;
    int n = 0;
    for (int j = 0; j < batch->count; j++) {
        int state = batch->state[j];
        missing[n] = state;
        n += (unsigned)-(t->stamps[state] ^ t->stamp) >> 31;
        t->stamps[state] = t->stamp;
    }
    for (int m = 0; m < n; m++) {
        fill(t, missing[m]);
    }
    raise_sums(t);
}

static inline int offer_of(int word) { return word & ((1 << OFFER_BITS) - 1); }

static inline int considered_of(int word) { return word >> OFFER_BITS & ((1 << STACKS) - 1); }

static inline int person_of(int word) { return word >> OFFER_BITS & ((1 << (STACKS + TASTE_BITS)) - 1); }

static inline int since_of(int word) { return word >> SINCE_AT; }

static inline int with_since(int word, int month) {
    return (word & ((1 << SINCE_AT) - 1)) | (int)((unsigned)month << SINCE_AT);
}

static void weigh(const Tables *t, Batch *batch) {
    const double *personal = t->terms->personal;
    const double *weights = t->weights;
    for (int j = 0; j < batch->count; j++) {
        const double *stacks = weights + batch->state[j] * STRIDE;
        const double *own = personal + person_of(batch->word[j]) * STRIDE;
        double *cuts = batch->cuts + j * STRIDE;
        double sum = stacks[0] * own[0];
        cuts[1] = sum;
        sum += stacks[1] * own[1];
        cuts[2] = sum;
        sum += stacks[2] * own[2];
        cuts[3] = sum;
        sum += stacks[3] * own[3];
        cuts[4] = sum;
        sum += stacks[4] * own[4];
        cuts[5] = sum;
        cuts[6] = sum + stacks[5] * own[5];
    }
}

static inline int peers_at(uint64_t peers, int position) {
    return (int)(peers >> PEER_BITS * position) & ((1 << PEER_BITS) - 1);
}

static void weigh_with_peers(const Tables *t, Batch *batch) {
    const double *personal = t->terms->personal;
    const double *weights = t->weights;
    int degree = t->terms->degree;
    for (int j = 0; j < batch->count; j++) {
        const double *stacks = weights + batch->state[j] * STRIDE;
        const double *own = personal + person_of(batch->word[j]) * STRIDE;
        double *cuts = batch->cuts + j * STRIDE;
        uint64_t peers = batch->peers[j];
        const double *social = t->terms->peers + peers_at(peers, STACKS) * (degree + 1);
        double sum = stacks[0] * own[0] * social[peers_at(peers, 0)];
        cuts[1] = sum;
        sum += stacks[1] * own[1] * social[peers_at(peers, 1)];
        cuts[2] = sum;
        sum += stacks[2] * own[2] * social[peers_at(peers, 2)];
        cuts[3] = sum;
        sum += stacks[3] * own[3] * social[peers_at(peers, 3)];
        cuts[4] = sum;
        sum += stacks[4] * own[4] * social[peers_at(peers, 4)];
        cuts[5] = sum;
        cuts[6] = sum + stacks[5] * own[5] * social[peers_at(peers, 5)];
    }
}

/* 1 if a number that is not negative is greater than another, given by its bits, else 0. */
static inline uint64_t exceeds(double a, uint64_t b) { return (b - bits_of(a)) >> 63; }

static void pick_stack(Batch *batch) {
    for (int j = 0; j < batch->count; j++) {
        const double *cuts = batch->cuts + j * STRIDE;
        double left = part_of(batch->draw[j] & 0xFFFFFFFFULL) * cuts[6];
        uint64_t bits = bits_of(left);
        uint64_t position = 5 - exceeds(cuts[1], bits) - exceeds(cuts[2], bits) - exceeds(cuts[3], bits) -
                            exceeds(cuts[4], bits) - exceeds(cuts[5], bits);
        double below = cuts[position];
        batch->share[j] = (left - below) / (cuts[position + 1] - below);
        batch->nest[j] = batch->state[j] * STRIDE + (int)position;
    }
}

static void pick_offer(const Tables *t, Batch *batch) {
    const double *cumulated = t->cumulated;
    const int *nests = t->nests;
    int width = t->width;
    for (int j = 0; j < batch->count; j++) {
        uint64_t share = bits_of(batch->share[j]);
        int nest = nests[batch->nest[j]];
        const double *row = cumulated + (nest >> ROW_AT);
        int offer = (int)((uint64_t)(nest & LAST_OFFER) - exceeds(row[0], share) - exceeds(row[1], share) -
                          exceeds(row[2], share) - exceeds(row[3], share));
        for (int k = COMPARED; k < width; k++) {
            offer -= (int)exceeds(row[k], share);
        }
        batch->chosen[j] = offer;
    }
}

static void pick_none(const Tables *t, Batch *batch) {
    const double *power = t->terms->power_bound.bounds;
    const double *weights = t->weights;
    int none = t->offers->count;
    for (int j = 0; j < batch->count; j++) {
        double u = part_of(batch->draw[j] >> 32);
        double no_use = weights[batch->state[j] * STRIDE + NONE];
        const double *bound = power + power_at(batch->cuts[j * STRIDE + STACKS]);
        int may_use_none = u * (no_use + bound[0]) < no_use;
        int uses_none = u * (no_use + bound[1]) < no_use;
        int offer = batch->chosen[j];
        batch->chosen[j] = (offer + ((none - offer) & -uses_none)) ^ -(may_use_none ^ uses_none);
    }
}

static void decide(const Tables *t, Batch *batch) {
    for (int j = 0; j < batch->count; j++) {
        if (batch->chosen[j] < 0) {
            double u = part_of(batch->draw[j] >> 32);
            double no_use = t->weights[batch->state[j] * STRIDE + NONE];
            double use = pow_of(batch->cuts[j * STRIDE + STACKS], t->terms->rho_use);
            batch->chosen[j] = u * (no_use + use) < no_use ? t->offers->count : ~batch->chosen[j];
        }
    }
}

static void choose(const Tables *t, Batch *batch, int with_peers) {
    if (with_peers) {
        weigh_with_peers(t, batch);
    } else {
        weigh(t, batch);
    }
    pick_stack(batch);
    pick_offer(t, batch);
    pick_none(t, batch);
    decide(t, batch);
}

/* Adopters --------------------------------------------------------------------------------------------------------- */

typedef struct {
    int count;
    int segments;
    int *start;
    const Offers *offers;
    int now;
    int *word;
    uint64_t **considering;
    uint8_t *seen;
    uint8_t *seen_next;
    uint8_t *move;
    uint64_t rank_key;
    uint64_t consider_key;
    uint64_t review_key;
    uint64_t choice_key;
    uint64_t peer_key;
    uint8_t position_of[MOST_OFFERS + 1];
    uint64_t pairs[(NOBODY + 1) << 8];
    uint16_t *rewired;
    double *reach;
    double *reach_of_next;
    int **order;
    int *reached;
    int **cohorts;
    int **users;
    int **considering_by;
} Adopters;

typedef struct {
    const Offers *offers;
    Tables *tables[MOST_OFFERS + 1];
    double masked[MOST_OFFERS];
    double thresholds[MOST_OFFERS];
    Batch batch;
    uint64_t *reviewing;
    int blocks;
} Bench;

static Tables *bench_table(Bench *b, int rank) {
    if (!b->tables[rank]) {
        b->tables[rank] = new_tables(b->offers);
    }
    return b->tables[rank];
}

static uint64_t purpose_key(uint64_t seed, uint64_t replicate, int purpose, uint64_t nation) {
    return fold(fold(fold(fold(0x74776F737461636BULL, seed), replicate), purpose), nation);
}

/* Above the numbers of peers by stack stands that of all who use any. */
static uint64_t peer_unit(int position) {
    return position >= STACKS ? 0 : 1ULL << PEER_BITS * STACKS | 1ULL << PEER_BITS * position;
}

static void new_adopters(Adopters *a, const Case *c, int count, uint64_t seed, uint64_t replicate) {
    a->offers = &c->offers;
    a->count = count;
    a->segments = c->segments;
    a->now = 0;
    a->start = zeroed(c->segments + 1, sizeof *a->start);
    double sum = 0;
    for (int s = 0; s < c->segments; s++) {
        sum += c->segment_share[s];
        a->start[s + 1] = s == c->segments - 1 ? count : (int)(count * sum + .5);
    }
    int none = c->offers.count;
    a->word = zeroed(count, sizeof *a->word);
    a->seen = zeroed(count + 2 * MARGIN, 1);
    a->seen_next = zeroed(count + 2 * MARGIN, 1);
    memset(a->seen, STACKS, count + 2 * MARGIN);
    memset(a->seen_next, STACKS, count + 2 * MARGIN);
    a->considering = zeroed(c->segments, sizeof *a->considering);
    a->move = zeroed((none + 1) * (none + 1), 1);
    memset(a->move, MOVES - 1, (none + 1) * (none + 1));
    for (int k = 0; k < none; k++) {
        memcpy(a->move + k * (none + 1), c->offers.distance + k * none, none);
    }
    a->users = zeroed(c->segments, sizeof *a->users);
    a->cohorts = zeroed(c->segments, sizeof *a->cohorts);
    a->considering_by = zeroed(c->segments, sizeof *a->considering_by);
    for (int s = 0; s < c->segments; s++) {
        int size = a->start[s + 1] - a->start[s];
        a->users[s] = zeroed(c->offers.count + 1, sizeof **a->users);
        a->cohorts[s] = zeroed(c->months + COHORT_OFFSET + 1, sizeof **a->cohorts);
        a->considering_by[s] = zeroed(1 << STACKS, sizeof **a->considering_by);
        a->considering[s] = zeroed((size + 63) >> 6, sizeof **a->considering);
        a->users[s][c->offers.count] = size;
        a->considering_by[s][0] = size;
    }
    a->rank_key = purpose_key(seed, replicate, RANK, c->nation);
    a->consider_key = purpose_key(seed, replicate, CONSIDER, c->nation);
    a->review_key = purpose_key(seed, replicate, REVIEW, c->nation);
    a->choice_key = purpose_key(seed, replicate, CHOICE, c->nation);
    a->peer_key = purpose_key(seed, replicate, PEERS, c->nation);
    for (int position = 0; position < STACKS; position++) {
        int g = c->offers.stack_order[position];
        memset(a->position_of + c->offers.first[g], position, c->offers.end[g] - c->offers.first[g]);
    }
    a->position_of[none] = STACKS;
    for (int one = 0; one <= NOBODY; one++) {
        for (int other = 0; other <= NOBODY; other++) {
            a->pairs[other << 8 | one] = peer_unit(one) + peer_unit(other);
        }
    }
    a->rewired = NULL;
    uint64_t taste_key = purpose_key(seed, replicate, TASTE, c->nation);
    for (int i = 0; i < count; i++) {
        int bin = (int)((draw_bits(taste_key, i) >> 32) * c->tastes >> 32);
        a->word[i] = none | bin << (OFFER_BITS + STACKS);
    }
    a->reach = zeroed(c->segments * STACKS, sizeof *a->reach);
    a->reach_of_next = zeroed(c->segments * STACKS, sizeof *a->reach_of_next);
    a->order = zeroed(c->segments * STACKS, sizeof *a->order);
    a->reached = zeroed(c->segments * STACKS, sizeof *a->reached);
}

static void free_adopters(Adopters *a) {
    for (int s = 0; s < a->segments; s++) {
        free(a->users[s]);
        free(a->cohorts[s]);
        free(a->considering_by[s]);
        free(a->considering[s]);
    }
    for (int column = 0; column < a->segments * STACKS; column++) {
        free(a->order[column]);
    }
    free(a->users);
    free(a->cohorts);
    free(a->considering_by);
    free(a->order);
    free(a->reached);
    free(a->reach);
    free(a->reach_of_next);
    free(a->start);
    free(a->word);
    free(a->considering);
    free(a->seen);
    free(a->seen_next);
    free(a->move);
    free(a->rewired);
}

static int bucket_shift(int adopters) {
    int bits = 1;
    while (bits < MOST_BUCKET_BITS && adopters >> bits) {
        bits++;
    }
    return 64 - bits;
}

/* A segment's adopters in the order of their draws, as far as buckets tell them apart; within one as they stand. */
static int *sort_by_reach(const Adopters *a, int s, uint64_t key) {
    int from = a->start[s];
    int size = a->start[s + 1] - from;
    int shift = bucket_shift(size);
    int *next = zeroed((1 << (64 - shift)) + 1, sizeof *next);
    for (int i = from; i < from + size; i++) {
        next[(draw_bits(key, i) >> shift) + 1]++;
    }
    for (int b = 0; b < 1 << (64 - shift); b++) {
        next[b + 1] += next[b];
    }
    int *sorted = zeroed(size, sizeof *sorted);
    for (int i = from; i < from + size; i++) {
        sorted[next[draw_bits(key, i) >> shift]++] = i;
    }
    free(next);
    return sorted;
}

/* From now on an adopter considers a stack. */
static inline void considers(Adopters *a, int s, int g, int i, Bench *bench) {
    int before = considered_of(a->word[i]);
    a->word[i] |= 1 << (OFFER_BITS + g);
    a->considering_by[s][before]--;
    a->considering_by[s][before | 1 << g]++;
    if (before == 0) {
        int within = i - a->start[s];
        a->considering[s][within >> 6] |= 1ULL << (within & 63);
        bench->reviewing[within >> 6] |= 1ULL << (within & 63);
        a->word[i] = with_since(a->word[i], a->now);
    }
}

static void consider(Adopters *a, int s, int g, double share, Bench *bench) {
    int column = s * STACKS + g;
    if (share <= a->reach[column]) {
        return;
    }
    a->reach[column] = share;
    if (share <= a->reach_of_next[column]) {
        return;
    }
    uint64_t key = fold(a->consider_key, g);
    if (!a->order[column]) {
        a->order[column] = sort_by_reach(a, s, key);
    }
    int *order = a->order[column];
    int size = a->start[s + 1] - a->start[s];
    int shift = bucket_shift(size);
    /* The share falls into this bucket: of those before it all consider the stack, of those in it some. */
    uint64_t edge = (uint64_t)(share * (double)(1ULL << (64 - shift)));
    int at = a->reached[column];
    for (; at < size && draw_bits(key, order[at]) >> shift < edge; at++) {
        considers(a, s, g, order[at], bench);
    }
    double next = 1;
    int to = at;
    for (; to < size; to++) {
        uint64_t bucket = draw_bits(key, order[to]) >> shift;
        if (bucket > edge) {
            next = (double)bucket / (double)(1ULL << (64 - shift));
            break;
        }
    }
    /* Those of the bucket who do not yet stay in it, in the same order. */
    int left = to;
    for (int each = to - 1; each >= at; each--) {
        int i = order[each];
        double reach_of_one = unit(draw_bits(key, i));
        if (reach_of_one < share) {
            considers(a, s, g, i, bench);
        } else {
            next = reach_of_one < next ? reach_of_one : next;
            order[--left] = i;
        }
    }
    a->reached[column] = left;
    a->reach_of_next[column] = next;
}

static void open_month(Adopters *a, int s, int month, const Terms *terms, Bench *bench) {
    a->now = month;
    int size = a->start[s + 1] - a->start[s];
    int blocks = (size + 63) >> 6;
    if (bench->blocks < blocks) {
        free(bench->reviewing);
        bench->reviewing = zeroed(blocks, sizeof *bench->reviewing);
        bench->blocks = blocks;
    }
    uint64_t key = fold(fold(a->review_key, s), month);
    for (int block = 0; block < blocks; block++) {
        bench->reviewing[block] = bernoulli64(key, block, terms->review) & a->considering[s][block];
    }
}

static inline double rank_of(const Adopters *a, int i) { return unit(draw_bits(a->rank_key, i)); }

static void displace(Adopters *a, int s, const double *available, Bench *bench) {
    int none = a->offers->count;
    for (int i = a->start[s]; i < a->start[s + 1]; i++) {
        int k = offer_of(a->word[i]);
        if (k != none && available[k] < 1 && rank_of(a, i) >= available[k]) {
            int within = i - a->start[s];
            bench->reviewing[within >> 6] |= 1ULL << (within & 63);
        }
    }
}

static int rationing(const double *available, int none, Bench *bench) {
    int n = 0;
    for (int k = 0; k < none; k++) {
        double share = available[k];
        if (share > 0 && share < 1) {
            int at = 0;
            while (at < n && bench->thresholds[at] < share) {
                at++;
            }
            if (at == n || bench->thresholds[at] != share) {
                memmove(bench->thresholds + at + 1, bench->thresholds + at, (n - at) * sizeof *bench->thresholds);
                bench->thresholds[at] = share;
                n++;
            }
        }
    }
    return n + 1;
}

static inline int neighbour(int adopter, int slot, int adopters) {
    int step = (slot >> 1) % (adopters - 1) + 1;
    int peer = (slot & 1) == 0 ? adopter + step : adopter - step;
    return peer >= adopters ? peer - adopters : peer < 0 ? peer + adopters : peer;
}

/* 1, -1, 2, -2, ...: the neighbour on an endless ring, without a branch. */
static inline int beside(int slot) {
    int back = -(slot & 1);
    return (((slot >> 1) + 1) ^ back) - back;
}

static inline int far_of(uint64_t bits, int adopter, int adopters) {
    int other = (int)((bits & 0xFFFFFFFFULL) * (uint64_t)(adopters - 1) >> 32);
    return other + 1 + ((other - adopter) >> 31);
}

static inline int peer_of(uint64_t key, int adopter, int slot, int adopters, uint64_t rewiring) {
    uint64_t bits = draw_bits(key, ((uint64_t)adopter << 6) + slot);
    if ((bits >> 32) < rewiring) {
        return far_of(bits, adopter, adopters);
    }
    return neighbour(adopter, slot, adopters);
}

static void note_rewired(Adopters *a, const Terms *terms) {
    if (a->rewired || terms->degree > NOTED_PEERS) {
        return;
    }
    a->rewired = zeroed(a->count, sizeof *a->rewired);
    for (int i = 0; i < a->count; i++) {
        int set = 0;
        for (int slot = 0; slot < terms->degree; slot++) {
            set |= ((draw_bits(a->peer_key, ((uint64_t)i << 6) + slot) >> 32) < terms->rewiring) << slot;
        }
        a->rewired[i] = (uint16_t)set;
    }
}

static void look_at_each(const Adopters *a, int s, const Terms *terms, Batch *batch) {
    for (int j = 0; j < batch->count; j++) {
        int i = a->start[s] + batch->within[j];
        uint64_t peers = 0;
        for (int slot = 0; slot < terms->degree; slot++) {
            peers += a->pairs[a->seen[MARGIN + peer_of(a->peer_key, i, slot, a->count, terms->rewiring)] | ALONE];
        }
        batch->peers[j] = peers;
    }
}

static inline uint32_t four_at(const uint8_t *at) {
    uint32_t four;
    memcpy(&four, at, sizeof four);
    return four;
}

/* Of four nobodies, those who stand for adopters too far ahead, or behind; wanted is the number of the others. */
static uint32_t too_far(int wanted) { return wanted >= 4 ? 0 : (uint32_t)FOUR_NOBODIES << 8 * wanted; }
static uint32_t too_far_back(int wanted) { return wanted >= 4 ? 0 : (uint32_t)FOUR_NOBODIES >> 8 * wanted; }

/* For little-endian machines. */
static void look_aside(const Adopters *a, int s, int degree, Batch *batch) {
    const uint8_t *used = a->seen + a->start[s] + MARGIN;
    const uint64_t *pairs = a->pairs;
    memset(batch->peers, 0, batch->count * sizeof *batch->peers);
    for (int step = 1; 2 * step <= degree + 1; step += 4) {
        uint32_t far = too_far((degree + 1) / 2 - step + 1);
        uint32_t far_back = too_far_back(degree / 2 - step + 1);
        for (int j = 0; j < batch->count; j++) {
            const uint8_t *at = used + batch->within[j];
            uint32_t ahead = four_at(at + step) | far;
            uint32_t behind = four_at(at - step - 3) | far_back;
            batch->peers[j] += pairs[ahead & 0xFFFF] + pairs[ahead >> 16] + pairs[behind & 0xFFFF] + pairs[behind >> 16];
        }
    }
}

static int select_rewired(const Adopters *a, int s, Batch *batch) {
    const uint16_t *rewired = a->rewired + a->start[s];
    int *selected = batch->selected;
    int n = 0;
    for (int j = 0; j < batch->count; j++) {
        int set = rewired[batch->within[j]];
        selected[n] = j << 8 | (__builtin_ctz(set | 1 << 16));
        n += (unsigned)-set >> 31;
        set &= set - 1;
        selected[n] = j << 8 | (__builtin_ctz(set | 1 << 16));
        n += (unsigned)-set >> 31;
        for (set &= set - 1; set != 0; set &= set - 1) {
            selected[n++] = j << 8 | __builtin_ctz(set);
        }
    }
    return n;
}

static void look_far(const Adopters *a, int s, Batch *batch, int n) {
    int from = a->start[s];
    const uint8_t *seen = a->seen + MARGIN;
    for (int m = 0; m < n; m++) {
        int j = batch->selected[m] >> 8;
        int slot = batch->selected[m] & 0xFF;
        int i = from + batch->within[j];
        int far = far_of(draw_bits(a->peer_key, ((uint64_t)i << 6) + slot), i, a->count);
        batch->peers[j] += a->pairs[seen[far] | ALONE] - a->pairs[seen[i + beside(slot)] | ALONE];
    }
}

static void look_around(const Adopters *a, int s, const Terms *terms, Batch *batch) {
    int degree = terms->degree;
    if (degree > NOTED_PEERS || a->count <= degree + 1) {
        look_at_each(a, s, terms, batch);
        return;
    }
    look_aside(a, s, degree, batch);
    look_far(a, s, batch, select_rewired(a, s, batch));
}

static void find_states(const Adopters *a, int s, Batch *batch) {
    const int *word = a->word + a->start[s];
    int now = a->now;
    for (int j = 0; j < batch->count; j++) {
        int w = word[batch->within[j]];
        batch->word[j] = w;
        batch->state[j] = state_of(offer_of(w), tenure_bin(now - since_of(w)));
    }
}

static void draw(Batch *batch, uint64_t key) {
    for (int j = 0; j < batch->count; j++) {
        batch->draw[j] = draw_bits(key, batch->within[j]);
    }
}

static int select_movers(Batch *batch) {
    int n = 0;
    for (int j = 0; j < batch->count; j++) {
        batch->selected[n] = j;
        n += (unsigned)-(batch->chosen[j] ^ offer_of(batch->word[j])) >> 31;
    }
    return n;
}

static void move(Adopters *a, int s, const Terms *terms, Batch *batch, int movers) {
    int none = a->offers->count;
    int now = a->now;
    int *users = a->users[s];
    int *cohort = a->cohorts[s];
    for (int m = 0; m < movers; m++) {
        int j = batch->selected[m];
        int i = a->start[s] + batch->within[j];
        int w = batch->word[j];
        int held = offer_of(w);
        int chosen = batch->chosen[j];
        int tenure = now - since_of(w);
        tenure = tenure < LONG_TENURE ? tenure : LONG_TENURE;
        int taken_up = now - terms->kept[a->move[held * (none + 1) + chosen]][tenure];
        /* 0 for none, without a branch */
        cohort[(since_of(w) + COHORT_OFFSET) & (held - none) >> 31]--;
        cohort[(taken_up + COHORT_OFFSET) & (chosen - none) >> 31]++;
        users[held]--;
        users[chosen]++;
        a->word[i] = with_since(w - held + chosen, taken_up);
        a->seen_next[MARGIN + i] = a->position_of[chosen];
    }
}

static void choose_batch(Adopters *a, int s, const Terms *terms, Tables *table, Batch *batch, int n) {
    batch->count = n;
    int with_peers = terms->peers_matter && a->count > 1;
    find_states(a, s, batch);
    prepare(table, batch);
    if (with_peers) {
        look_around(a, s, terms, batch);
    }
    draw(batch, fold(fold(a->choice_key, s), a->now));
    choose(table, batch, with_peers);
    move(a, s, terms, batch, select_movers(batch));
}

static int ration_class(const Adopters *a, int i, int classes, const Bench *bench) {
    double rank = rank_of(a, i);
    int c = 0;
    while (c < classes - 1 && rank >= bench->thresholds[c]) {
        c++;
    }
    return c;
}

static void choose_all(Adopters *a, int s, const Terms *terms, const double *utility, const double *available,
                       double non_use, Bench *bench) {
    int none = a->offers->count;
    int from = a->start[s];
    int size = a->start[s + 1] - from;
    memcpy(a->seen_next + MARGIN + from, a->seen + MARGIN + from, size);
    int classes = rationing(available, none, bench);
    start_tables(bench_table(bench, 0), terms, utility, non_use);
    for (int c = 1; c < classes; c++) {
        for (int k = 0; k < none; k++) {
            bench->masked[k] =
                available[k] < 1 && available[k] <= bench->thresholds[c - 1] ? -INFINITY : utility[k];
        }
        start_tables(bench_table(bench, c), terms, bench->masked, non_use);
    }
    if (terms->peers_matter && a->count > 1) {
        note_rewired(a, terms);
    }
    Batch *batch = &bench->batch;
    int blocks = (size + 63) >> 6;
    for (int c = 0; c < classes; c++) {
        int n = 0;
        for (int block = 0; block < blocks; block++) {
            if (n > BATCH - 64) {
                choose_batch(a, s, terms, bench->tables[c], batch, n);
                n = 0;
            }
            uint64_t set = bench->reviewing[block];
            while (set) {
                int within = (block << 6) + __builtin_ctzll(set);
                set &= set - 1;
                if (classes == 1 || ration_class(a, from + within, classes, bench) == c) {
                    batch->within[n++] = within;
                }
            }
        }
        choose_batch(a, s, terms, bench->tables[c], batch, n);
    }
}

static void close_month(Adopters *a) {
    uint8_t *last = a->seen;
    a->seen = a->seen_next;
    a->seen_next = last;
    for (int beyond = 0; beyond < MARGIN; beyond++) {
        a->seen[MARGIN + a->count + beyond] = a->seen[MARGIN + beyond % a->count];
        a->seen[MARGIN - 1 - beyond] = a->seen[MARGIN + a->count - 1 - beyond % a->count];
    }
}

/* The loop --------------------------------------------------------------------------------------------------------- */

static double next_reach(const Case *c, int s, int g, double before, double users) {
    double hazard = c->innovation[s] * c->stack_reach[g] +
                    c->imitation[s] * ((1 - c->world_weight) * users + c->world_weight * users);
    hazard = hazard < 1 ? hazard : 1;
    double from = before > c->initial[g] ? before : c->initial[g];
    double next = from + hazard * (1 - from);
    return next < 1 ? next : 1;
}

static void user_shares(const Adopters *a, double *into) {
    const Offers *o = a->offers;
    int using = 0;
    for (int g = 0; g < STACKS; g++) {
        into[g] = 0;
    }
    for (int s = 0; s < a->segments; s++) {
        for (int k = 0; k < o->count; k++) {
            into[o->stack[k]] += a->users[s][k];
            using += a->users[s][k];
        }
    }
    for (int g = 0; g < STACKS; g++) {
        into[g] = using == 0 ? 0 : into[g] / using;
    }
}

static double cpu_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void run(const Case *c, const Terms *terms, int count, uint64_t seed, int measured) {
    const Offers *o = &c->offers;
    double start = cpu_seconds();
    Adopters a;
    new_adopters(&a, c, count, seed, 1);
    Bench bench;
    memset(&bench, 0, sizeof bench);
    bench.offers = o;
    double made = cpu_seconds();
    uint64_t digest = 0;
    double utility[MOST_OFFERS];
    double user_share[STACKS];
    for (int month = 0; month < c->months; month++) {
        const double *share = c->available + month * o->count;
        user_shares(&a, user_share);
        for (int s = 0; s < c->segments; s++) {
            int size = a.start[s + 1] - a.start[s];
            open_month(&a, s, month, &terms[s], &bench);
            for (int g = 0; g < STACKS; g++) {
                int using = 0;
                int any = 0;
                for (int k = o->first[g]; k < o->end[g]; k++) {
                    using += a.users[s][k];
                    any |= share[k] > 0;
                }
                if (any) {
                    double users = (double)using / (size > 1 ? size : 1);
                    consider(&a, s, g, next_reach(c, s, g, a.reach[s * STACKS + g], users), &bench);
                }
            }
            for (int k = 0; k < o->count; k++) {
                if (month > 0 && share[k] < share[k - o->count]) {
                    displace(&a, s, share, &bench);
                    break;
                }
            }
            for (int k = 0; k < o->count; k++) {
                double social = c->social[s] * ((1 - c->peer_weight) * user_share[o->stack[k]] + c->peer_weight * 0);
                utility[k] = c->utility[(month * c->segments + s) * o->count + k] + social;
            }
            choose_all(&a, s, &terms[s], utility, share, c->non_use[s], &bench);
            for (int k = 0; k <= o->count; k++) {
                digest = mix((digest ^ (uint64_t)(int64_t)a.users[s][k]) + GAMMA);
            }
        }
        close_month(&a);
    }
    double end = cpu_seconds();
    if (measured) {
        struct rusage usage;
        getrusage(RUSAGE_SELF, &usage);
        double adopter_months = (double)count * c->months;
        printf("loop adopters=%d peers=%s offers=%d seed=%llu making=%.4f months=%.4f ns=%.3f rate=%.0f peak=%ld shares=",
               count, c->peer_weight > 0 ? "yes" : "no", o->count, (unsigned long long)seed, made - start, end - made,
               (end - start) * 1e9 / adopter_months, adopter_months / (end - start), usage.ru_maxrss / 1024);
        long long of[STACKS + 1] = {0};
        for (int s = 0; s < c->segments; s++) {
            for (int k = 0; k <= o->count; k++) {
                of[o->stack[k]] += a.users[s][k];
            }
        }
        for (int g = 0; g <= STACKS; g++) {
            printf("%s%.6f", g > 0 ? "," : "", (double)of[g] / count);
        }
        printf(" digest=%016llx users=", (unsigned long long)digest);
        for (int s = 0; s < c->segments; s++) {
            for (int k = 0; k <= o->count; k++) {
                printf("%s%d", k > 0 ? "," : s > 0 ? ";" : "", a.users[s][k]);
            }
        }
        printf("\n");
        fflush(stdout);
    }
    free_adopters(&a);
    for (int rank = 0; rank <= MOST_OFFERS; rank++) {
        if (bench.tables[rank]) {
            free_tables(bench.tables[rank]);
        }
    }
    free(bench.reviewing);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        die("usage: adopters", "CASE [adopters=N] [runs=N] [warmups=N] [seed=N]");
    }
    int adopters = 100000;
    int runs = 1;
    int warmups = 1;
    int seed = 1;
    for (int i = 2; i < argc; i++) {
        if (sscanf(argv[i], "adopters=%d", &adopters) != 1 && sscanf(argv[i], "runs=%d", &runs) != 1 &&
            sscanf(argv[i], "warmups=%d", &warmups) != 1 && sscanf(argv[i], "seed=%d", &seed) != 1) {
            die("unknown word", argv[i]);
        }
    }
    Case c;
    read_case(&c, argv[1]);
    tenure_bins();
    Terms *terms = zeroed(c.segments, sizeof *terms);
    for (int s = 0; s < c.segments; s++) {
        segment_terms(&terms[s], &c, s);
    }
    for (int i = 0; i < warmups; i++) {
        run(&c, terms, adopters < 100000 ? adopters : 100000, 1000 + i, 0);
    }
    for (int i = 0; i < runs; i++) {
        run(&c, terms, adopters, seed + i, 1);
    }
    return 0;
}
