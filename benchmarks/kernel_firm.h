/* The kernel's types and its rules for one firm; see kernel.c. */
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
