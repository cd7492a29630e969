/* The kernel as a plain C loop over an array of structs: the bound that columns are compared with.
 * The rules are in kernel.md; every number comes from kernel_numbers.py through the generated header.
 * One PCG32 stream per use and one uniform per firm and quarter, as in the other versions. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "kernel_numbers.h"

enum { SUCCESS, AWARENESS, REVIEW_, OWNER, POSTPONE_, ENTRY, EXIT, STAGE, DEMAND, SHOCK_, INNOVATION, HANDOVER,
       CLOSURE, FAILURE_, EVENTS, STREAMS };

#define SMALL 1e-9f
#define TINY 5.9604645e-8f

typedef struct {
    float base, z, pay, energy, carbon, material, services, value_added, offset, knowledge, management, absorptive;
    float research, newshare, effect, gain;
    float need, reference, home, export_, demand, demand_before, short_, cash, debt, earnings4, sales4, owner_age;
    float size, log_size, log_output, output, relative, shock, weight, desired, appeal, sales;
    float shares[CLASSES], staff[CLASSES], wanted[CLASSES], first[CLASSES], laid_off[CLASSES], taste[3];
    int industry, zone, rural, export_age, away, age, peers[PEERS];
    signed char level, aware, project, cooling, exporter, stage, insolvent;
} Firm;

typedef double Cells[ZONES][CLASSES];

typedef struct {
    int firms, quarter, started, succeeded, closed;
    float trend;
    Firm *firm;
    signed char *level, *exporter; /* what peers see: the state at the start of the decisions */
    uint64_t streams[STREAMS];
    double home[INDUSTRIES], mean[INDUSTRIES], mean_start[INDUSTRIES], market[INDUSTRIES], sales, exports;
    Cells unemployed, outside, fill, poached, log_wage, tightness;
} Model;

static float uniform(Model *m, int use) {
    uint64_t s = m->streams[use];
    m->streams[use] = s * 6364136223846793005ULL + (2u * (unsigned)use + 1u);
    uint32_t x = (uint32_t)(((s >> 18) ^ s) >> 27), r = (uint32_t)(s >> 59);
    x = (x >> r) | (x << ((32 - r) & 31));
    return (float)(x >> 8) * 5.9604645e-8f;
}

static float chance(float hazard) { return 1 - expf(-DT * hazard); }

static float lower(float a, float b) { return a < b ? a : b; }

static float higher(float a, float b) { return a > b ? a : b; }

static float headroom(const Firm *f) {
    return higher(0, CREDIT_EARNINGS * higher(f->earnings4, 0) + CREDIT_SALES * f->sales4 - f->debt);
}

static void move(Firm *f, float amount, int source, int target) {
    float moved = lower(amount, f->shares[source] - SHARE_FLOOR);
    f->shares[source] -= moved;
    f->shares[target] += moved;
}

static void finish_project(Model *m, Firm *f) {
    float luck = uniform(m, SUCCESS), technical = f->staff[TECHNICIAN] + f->staff[ENGINEER];
    float target = 0.55f + 0.3f * lower(1, technical / (f->size * f->need)) + 0.15f * f->management;
    f->effect += 0.1f * (target - f->effect);
    if (f->cooling) f->cooling--;
    if (!f->project || --f->project) return;
    float odds = 0.62f + 0.25f * (f->absorptive - 0.3f) + 0.15f * ((float)m->fill[f->zone][TECHNICIAN] - 0.9f);
    f->aware = 0;
    if (luck >= lower(0.95f, higher(0.2f, odds))) {
        f->cooling = COOLING;
        return;
    }
    int step = f->level++;
    move(f, SHIFT_TECHNICIAN[step], OPERATOR, TECHNICIAN);
    move(f, SHIFT[step] - SHIFT_TECHNICIAN[step], OPERATOR, ENGINEER);
    f->effect = 0.5f;
    f->gain = GAIN[step + 1];
    f->need = NEED_BY_INDUSTRY[f->industry * 4 + step + 1];
    m->succeeded++;
}

static void set_productivity(Model *m, Firm *f) {
    float learning = f->export_age >= LEARNING_QUARTERS ? EXPORT_GAIN * INTENSITY[f->stage] : 0;
    float normal = 0;
    for (int c = 0; c < CLASSES; c++) normal += CLASS_GAP[c] * f->shares[c];
    float loss = BLOCKED_LOSS * higher(0, f->short_ - normal) + (f->project ? PROJECT_LOSS : 0);
    f->log_output = f->base + f->z + f->effect * f->gain + learning - loss;
    f->output = expf(f->log_output + GROWTH * (float)m->quarter);
    f->log_size = logf(f->size);
}

static void become_aware(Model *m, Firm *f, int adopters) {
    float luck = uniform(m, AWARENESS);
    if (luck >= AWARENESS_CEILING || f->aware || f->level == 3) return;
    f->aware = luck < chance(INNOVATORS[f->level] + IMITATORS[f->level] * (float)adopters / PEERS);
}

static void decide_digital(Model *m, Firm *f) {
    float review = uniform(m, REVIEW_), owner = uniform(m, OWNER), postpone = uniform(m, POSTPONE_);
    if (!f->aware || f->project || f->cooling || f->level == 3 || review >= REVIEW) return;
    int l = f->level;
    float cost = (COST_FIXED[l] + COST_SIZE[l] * powf(f->size, 0.8f)) * m->trend, horizon = LIFE[l];
    if (f->owner_age >= 60) horizon = lower(horizon, higher(2, 72 - f->owner_age));
    float annuity = (1 - expf(-DISCOUNT_LOG * horizon)) / 0.10f, effect = 0.5f + 0.4f * f->absorptive;
    float value = STEP_GAIN[l] * effect * f->value_added * f->size * m->trend * annuity / cost;
    if (logf(value) + f->taste[l] < LOG_HURDLE) return;
    if (f->owner_age >= 60 && owner >= 1 / (1 + expf((f->owner_age - 66) / 2.5f))) return;
    float own = higher(0, f->cash - CASH_FLOOR * f->sales4);
    if (cost > own + headroom(f)) return;
    float gap = NEED_BY_INDUSTRY[f->industry * 4 + l + 1] - (f->staff[TECHNICIAN] + f->staff[ENGINEER]) / f->size;
    if (gap > 0) {
        move(f, 0.7f * gap, OPERATOR, TECHNICIAN);
        move(f, 0.3f * gap, OPERATOR, ENGINEER);
        if (postpone < POSTPONE) return;
    }
    f->project = (signed char)DURATION[l];
    float paid = lower(own, cost);
    f->cash -= paid;
    f->debt += cost - paid;
    m->started++;
}

static void decide_export(Model *m, Firm *f, int exporting) {
    float entry = uniform(m, ENTRY), leave = uniform(m, EXIT), stage = uniform(m, STAGE);
    if (!f->exporter) {
        float hazard = expf(ENTRY_BASE + f->offset + 0.5f * f->log_size + 0.9f * f->relative
                            + 0.6f * (float)exporting / PEERS + (f->level >= 2 ? 0.25f : 0)
                            + (f->staff[TRADE] >= 0.5f ? 0.4f : 0) + 3 * f->newshare);
        float price = SUNK_COST * m->trend * (f->away <= RETURN_QUARTERS ? RETURN_SHARE : 1);
        if (f->away < NEVER) f->away++;
        if (entry >= chance(hazard) || f->cash < price) return;
        f->exporter = 1;
        f->stage = 1;
        f->export_age = 0;
        f->cash -= price;
        move(f, TRADE_SHARE, OPERATOR, TRADE);
        return;
    }
    float hazard = expf(EXIT_BASE - 0.2f * f->log_size - 0.55f * f->relative)
                   * powf(1 + DT * (float)f->export_age, -0.35f);
    if (leave < chance(hazard)) {
        f->exporter = f->stage = 0;
        f->export_age = f->away = 0;
        f->export_ = 0;
        move(f, TRADE_SHARE, TRADE, OPERATOR);
        return;
    }
    if (f->export_age++ >= STAGE_QUARTERS && f->staff[TRADE] >= 0.5f && f->stage < 3)
        f->stage += stage < chance(STAGE_RATE * (1 + f->absorptive));
}

static void weigh_demand(Model *m, Firm *f) {
    float drift = REFERENCE_SPEED * (f->log_output - f->reference);
    float spread = DEMAND_SPREAD * expf(DEMAND_SIZE * f->log_size);
    f->reference += drift;
    f->shock = spread * SHOCKS[(int)(uniform(m, DEMAND) * TABLE)];
    float growth = DEMAND_SLOPE * drift + DEMAND_LEVEL * f->relative + DEMAND_NEW * f->newshare + f->shock
                   + 0.25f * logf(1 - spread * spread) - REVERSION * (f->log_size - 2)
                   + (f->age < YOUNG_QUARTERS ? YOUNG_GROWTH : 0);
    f->weight = f->home * expf(growth);
    m->market[f->industry] += f->weight;
}

static void receive_demand(Firm *f, float share) {
    float intensity = INTENSITY[f->stage];
    f->home = f->weight * share;
    f->export_ += EXPORT_SPEED * (intensity / (1 - intensity) * f->home - f->export_);
    f->export_ *= expf(f->shock);
    f->demand = f->home + f->export_;
}

static void plan_labour(Model *m, Firm *f, Cells vacancies, Cells employed, Cells pull, Cells dismissed) {
    f->desired = (0.7f * f->demand + 0.3f * f->demand_before) / f->output;
    f->demand_before = f->demand;
    f->appeal = expf(DRAW_PAY * f->relative + DRAW_RURAL * (float)f->rural);
    for (int c = 0; c < CLASSES; c++) {
        float gap = f->shares[c] * f->desired - f->staff[c];
        float lost = f->staff[c] * (QUIT + RETIRE + (float)m->poached[f->zone][c]);
        f->wanted[c] = higher(0, 0.5f * gap + lost);
        f->laid_off[c] = 0.4f * higher(0, -(gap + lost));
        vacancies[f->zone][c] += f->wanted[c];
        employed[f->zone][c] += f->staff[c];
        pull[f->zone][c] += f->appeal * f->wanted[c];
        dismissed[f->zone][c] += f->laid_off[c];
    }
}

static double match(double searchers, double vacancies, double elasticity) {
    double fewer = fmin(searchers, vacancies), more = fmax(searchers, vacancies);
    return fewer / pow(1 + pow(fewer / fmax(more, SMALL), elasticity), 1 / elasticity);
}

static void keep_accounts(Model *m, Firm *f, float wage[ZONES][CLASSES]) {
    float sales = lower(f->demand, f->output * f->size), pay = 0;
    for (int c = 0; c < CLASSES; c++) pay += f->staff[c] * wage[f->zone][c];
    float wages = m->trend * f->pay * expf(RENT * f->relative) * pay, energy = ENERGY_PRICE * f->energy;
    float carbon = CARBON_PRICE * (1 + CARBON_RISE * (float)m->quarter) * f->carbon;
    float earnings = sales * (1 - energy - carbon - f->material - f->services) - wages;
    float upkeep = MAINTENANCE * sales, room = headroom(f);
    float profit = earnings - upkeep - DT * (RATE + RATE_RURAL * (float)f->rural + (f->size < 10 ? RATE_SMALL : 0)) * f->debt;
    float borrowed = lower(0.25f * upkeep, room), repaid = REPAID * f->debt, gain = higher(profit, 0);
    f->earnings4 += earnings - DT * f->earnings4;
    f->sales4 += sales - DT * f->sales4;
    float cash = f->cash + profit - TAX * gain + borrowed - repaid;
    float payout = lower(higher(cash, 0), higher(PAYOUT * gain, cash - CASH_CEILING * f->sales4));
    float rescue = lower(higher(-cash, 0), room - borrowed);
    f->cash = cash - higher(payout, 0) + rescue;
    f->debt += borrowed - repaid + rescue;
    f->insolvent = f->cash < 0 ? (signed char)(f->insolvent + 1) : 0;
    f->sales = sales;
    m->sales += sales;
    m->exports += f->export_;
}

static void innovate(Model *m, Firm *f) {
    float centred = 2 * uniform(m, SHOCK_) - 1;
    float gained = RESEARCH_KEPT * f->research * f->sales + INFLOW * f->absorptive * f->size;
    f->knowledge = (1 - DEPRECIATION) * f->knowledge + gained;
    float strength = f->knowledge / (FULL_KNOWLEDGE * f->size);
    float skilled = 1 - (f->staff[OPERATOR] + f->staff[TRADE]) / f->size;
    f->absorptive = 1 - expf(-(strength + 0.6f * skilled + 0.3f * f->management));
    int news = uniform(m, INNOVATION) < chance(INNOVATION_RATE * sqrtf(strength));
    float laplace = copysignf(logf(higher(1 - fabsf(centred), TINY)), centred);
    f->z = MEMORY * f->z - SHOCK * laplace + (news ? INNOVATION_GAIN : 0);
    f->newshare = NEWSHARE_KEPT * f->newshare + (news ? NEWSHARE_GAIN : 0);
}

static int owner_closes(Model *m, Firm *f) {
    float handover = uniform(m, HANDOVER), closure = uniform(m, CLOSURE);
    f->owner_age += DT;
    f->age++;
    if (handover >= chance(lower(2, expf(HANDOVER_BASE + HANDOVER_SLOPE * (f->owner_age - 67))))) return 0;
    if (closure < CLOSING * powf(f->size / 5, -0.35f)) return 1;
    float first = uniform(m, EVENTS);
    f->owner_age = 30 + 16 * (first + uniform(m, EVENTS));
    return 0;
}

static int fails(Model *m, Firm *f) {
    float hazard = FAILURE * expf(-0.3f * (f->log_size - 2.302585f) - 0.5f * f->relative);
    return (uniform(m, FAILURE_) < chance(hazard)) | (f->insolvent >= 2) | (f->size < SMALLEST);
}

static void found(Model *m, Firm *f, float draw[9]) {
    f->level = (signed char)((draw[3] >= 0.1f) + (draw[3] >= 0.8f) + (draw[3] >= 0.98f));
    memcpy(f->shares, SHARES_BY_INDUSTRY + (f->industry * 4 + f->level) * CLASSES, sizeof f->shares);
    for (int c = 0; c < CLASSES; c++) f->staff[c] = f->shares[c] * (2 + 3 * draw[0]);
    f->z = -0.1f + 0.7348f * (draw[1] + draw[2] - 1);
    for (int l = 0; l < 3; l++) {
        float odds = lower(1 - TINY, higher(TINY, draw[4 + l]));
        f->taste[l] = TASTE * logf(odds / (1 - odds));
    }
    f->gain = GAIN[f->level];
    f->need = NEED_BY_INDUSTRY[f->industry * 4 + f->level];
    f->owner_age = 28 + 16 * (draw[7] + draw[8]);
    f->reference = f->base + f->z + 0.5f * f->gain;
    f->research = 0;
    f->absorptive = 1 - expf(-(5.0f / 60 + 0.6f * (1 - f->shares[OPERATOR] - f->shares[TRADE]) + 0.105f));
    f->management = 0.35f;
    f->effect = 0.5f;
    f->newshare = 0.05f;
    f->short_ = NORMAL_GAP;
    f->export_ = f->debt = 0;
    f->age = f->export_age = 0;
    f->away = NEVER;
    f->insolvent = f->project = f->cooling = f->aware = f->exporter = f->stage = 0;
}

static void close_and_replace(Model *m, int *closing) {
    Cells needed = {0}, rate;
    float draw[9];
    for (int i = 0; i < m->closed; i++) {
        Firm *f = m->firm + closing[i];
        for (int c = 0; c < CLASSES; c++) m->unemployed[f->zone][c] += f->staff[c];
        for (int d = 0; d < 9; d++) draw[d] = uniform(m, EVENTS);
        found(m, f, draw);
        for (int c = 0; c < CLASSES; c++) needed[f->zone][c] += f->staff[c];
    }
    for (int z = 0; z < ZONES; z++)
        for (int c = 0; c < CLASSES; c++) {
            rate[z][c] = fmin(1, 0.5 * m->unemployed[z][c] / fmax(needed[z][c], SMALL));
            m->unemployed[z][c] -= rate[z][c] * needed[z][c];
        }
    for (int i = 0; i < m->closed; i++) {
        Firm *f = m->firm + closing[i];
        f->size = 0;
        for (int c = 0; c < CLASSES; c++) f->size += f->staff[c] *= (float)rate[f->zone][c];
        f->knowledge = NEW_KNOWLEDGE * f->size;
        float sales = expf(f->reference) * m->trend * f->size;
        f->home = f->demand_before = sales * (1 + NORMAL_GAP);
        f->sales4 = 4 * sales;
        f->earnings4 = 0.6f * sales;
        f->cash = 0.24f * sales;
    }
}

static void settle_labour(Model *m) {
    Cells vacancies = {0}, employed = {0}, pull = {0}, dismissed = {0}, hires, placed = {0};
    float poached[ZONES][CLASSES], rate[ZONES][CLASSES], rest[ZONES][CLASSES];
    for (int i = 0; i < m->firms; i++) plan_labour(m, m->firm + i, vacancies, employed, pull, dismissed);
    for (int z = 0; z < ZONES; z++)
        for (int c = 0; c < CLASSES; c++) {
            double searchers = m->unemployed[z][c] + ON_THE_JOB * employed[z][c], v = vacancies[z][c];
            double found = hires[z][c] = match(searchers, v, MATCHING[c]), sought = fmax(searchers, SMALL);
            double tightness = v / sought;
            if (m->quarter == 0) m->tightness[z][c] = tightness;
            m->fill[z][c] = found / fmax(v, SMALL);
            m->poached[z][c] = ON_THE_JOB * found / sought;
            double relative = fmin(5, fmax(0.2, tightness / fmax(m->tightness[z][c], SMALL)));
            m->log_wage[z][c] += WAGE_SPEED * (WAGE_ELASTICITY * log(relative) - m->log_wage[z][c]);
            double flow = RETURNING * m->outside[z][c] - DISCOURAGED * m->unemployed[z][c];
            m->outside[z][c] += (0.5f * QUIT + RETIRE) * employed[z][c] - flow;
            m->unemployed[z][c] += 0.5f * QUIT * employed[z][c] + dismissed[z][c] + flow
                                   - found * (1 - ON_THE_JOB * employed[z][c] / sought);
            poached[z][c] = (float)m->poached[z][c];
            rate[z][c] = (float)(found / fmax(pull[z][c], SMALL));
        }
    for (int i = 0; i < m->firms; i++) {
        Firm *f = m->firm + i;
        for (int c = 0; c < CLASSES; c++) {
            f->first[c] = lower(f->wanted[c], f->appeal * f->wanted[c] * rate[f->zone][c]);
            placed[f->zone][c] += f->first[c];
        }
    }
    for (int z = 0; z < ZONES; z++)
        for (int c = 0; c < CLASSES; c++)
            rest[z][c] = (float)((hires[z][c] - placed[z][c]) / fmax(vacancies[z][c] - placed[z][c], SMALL));
    for (int i = 0; i < m->firms; i++) {
        Firm *f = m->firm + i;
        float unfilled = f->size = 0;
        for (int c = 0; c < CLASSES; c++) {
            float hired = f->first[c] + (f->wanted[c] - f->first[c]) * rest[f->zone][c];
            f->staff[c] = f->staff[c] * (1 - QUIT - RETIRE - poached[f->zone][c]) - f->laid_off[c] + hired;
            f->size += f->staff[c];
            unfilled += f->wanted[c] - hired;
        }
        f->short_ = lower(1, unfilled / higher(f->desired, 0.01f));
    }
}

static void means(Model *m, double mean[]) {
    double weighted[INDUSTRIES] = {0}, staff[INDUSTRIES] = {0};
    for (int i = 0; i < m->firms; i++) {
        Firm *f = m->firm + i;
        weighted[f->industry] += f->size * f->log_output;
        staff[f->industry] += f->size;
    }
    for (int s = 0; s < INDUSTRIES; s++) mean[s] = weighted[s] / fmax(staff[s], SMALL);
}

static void step(Model *m, int *closing) {
    float wage[ZONES][CLASSES], share[INDUSTRIES];
    m->started = m->succeeded = m->closed = 0;
    m->sales = m->exports = 0;
    memset(m->market, 0, sizeof m->market);
    for (int i = 0; i < m->firms; i++) {
        Firm *f = m->firm + i;
        finish_project(m, f);
        set_productivity(m, f);
        m->level[i] = f->level;
        m->exporter[i] = f->exporter;
    }
    means(m, m->mean);
    for (int i = 0; i < m->firms; i++) {
        Firm *f = m->firm + i;
        int adopters = 0, exporting = 0;
        for (int p = 0; p < PEERS; p++) {
            adopters += m->level[f->peers[p]] > f->level;
            exporting += m->exporter[f->peers[p]];
        }
        f->relative = f->log_output - (float)m->mean[f->industry];
        become_aware(m, f, adopters);
        decide_digital(m, f);
        decide_export(m, f, exporting);
        weigh_demand(m, f);
    }
    for (int s = 0; s < INDUSTRIES; s++)
        share[s] = (float)(m->home[s] * m->trend * exp(ARMINGTON * (m->mean[s] - m->mean_start[s]))
                           / fmax(m->market[s], SMALL));
    for (int i = 0; i < m->firms; i++) receive_demand(m->firm + i, share[m->firm[i].industry]);
    settle_labour(m);
    for (int z = 0; z < ZONES; z++)
        for (int c = 0; c < CLASSES; c++) wage[z][c] = (float)exp(m->log_wage[z][c]) * RELATIVE_PAY[c];
    for (int i = 0; i < m->firms; i++) {
        Firm *f = m->firm + i;
        keep_accounts(m, f, wage);
        innovate(m, f);
        int closes = owner_closes(m, f);
        if (fails(m, f) | closes) closing[m->closed++] = i;
    }
    close_and_replace(m, closing);
    m->quarter++;
    m->trend = expf(GROWTH * (float)m->quarter);
}

static void measure(const Model *m, double *row) {
    double unemployed = 0, fill = 0;
    memset(row, 0, 12 * sizeof *row);
    for (int i = 0; i < m->firms; i++) {
        row[0] += m->firm[i].size;
        row[1] += m->firm[i].exporter;
        for (int l = 1; l <= 3; l++) row[1 + l] += m->firm[i].level >= l;
    }
    for (int z = 0; z < ZONES; z++)
        for (int c = 0; c < CLASSES; c++) unemployed += m->unemployed[z][c], fill += m->fill[z][c];
    double rest[] = {m->sales, m->exports, unemployed, fill / (ZONES * CLASSES), m->started, m->succeeded, m->closed};
    memcpy(row + 5, rest, sizeof rest);
}

Model *kernel_new(int firms, float *column[], int *flag[], const int *peers, const double *unemployed,
                  const double *outside, uint64_t seed) {
    Model *m = calloc(1, sizeof *m);
    m->firms = firms;
    m->trend = 1;
    m->firm = calloc((size_t)firms, sizeof *m->firm);
    m->level = calloc((size_t)firms, 1);
    m->exporter = calloc((size_t)firms, 1);
    for (int use = 0; use < STREAMS; use++) {
        m->streams[use] = (seed * STREAMS + (unsigned)use + 1) * 0x9E3779B97F4A7C15ULL;
        for (int skip = 0; skip < 8; skip++) uniform(m, use);
    }
    for (int i = 0; i < firms; i++) {
        Firm *f = m->firm + i;
#define SET(name) f->name = column[COLUMN_##name][i];
        SET(base) SET(z) SET(pay) SET(energy) SET(carbon) SET(material) SET(services)
        SET(value_added) SET(offset) SET(knowledge) SET(management)
        SET(absorptive) SET(research) SET(newshare) SET(effect) SET(gain) SET(need) SET(reference) SET(home) SET(demand_before)
        SET(cash) SET(debt) SET(earnings4) SET(sales4) SET(owner_age)
        f->export_ = column[COLUMN_export][i];
        f->short_ = column[COLUMN_short][i];
#define FLAG(name) f->name = flag[FLAG_##name][i];
        FLAG(industry) FLAG(zone) FLAG(rural) FLAG(export_age) FLAG(away) FLAG(age)
#define MARK(name) f->name = (signed char)flag[FLAG_##name][i];
        MARK(level) MARK(aware) MARK(project) MARK(cooling) MARK(exporter) MARK(stage) MARK(insolvent)
        for (int c = 0; c < CLASSES; c++) {
            f->shares[c] = column[COLUMN_shares][c * firms + i];
            f->size += f->staff[c] = column[COLUMN_staff][c * firms + i];
        }
        for (int l = 0; l < 3; l++) f->taste[l] = column[COLUMN_taste][l * firms + i];
        for (int p = 0; p < PEERS; p++) f->peers[p] = peers[p * firms + i];
        f->log_output = f->base + f->z + f->effect * f->gain;
        m->home[f->industry] += f->home;
    }
    means(m, m->mean_start);
    for (int z = 0; z < ZONES; z++)
        for (int c = 0; c < CLASSES; c++) {
            m->unemployed[z][c] = unemployed[c * ZONES + z];
            m->outside[z][c] = outside[c * ZONES + z];
            m->fill[z][c] = FIRST_FILL;
        }
    return m;
}

void kernel_run(Model *m, int quarters, double *rows) {
    int *closing = calloc((size_t)m->firms, sizeof *closing);
    for (int q = 0; q < quarters; q++) {
        step(m, closing);
        measure(m, rows + 12 * q);
    }
    free(closing);
}

void kernel_free(Model *m) {
    free(m->firm);
    free(m->level);
    free(m->exporter);
    free(m);
}
