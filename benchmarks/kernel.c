/* The kernel as a plain C loop over an array of structs: the bound that columns are compared with.
 * The rules are in kernel.md; every number comes from kernel_numbers.py through the generated header.
 * One PCG32 stream per use and one uniform per firm and quarter, as in the other versions. */
#include "kernel_firm.h"

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
        uint64_t start = (seed * STREAMS + (unsigned)use + 1) * 0x9E3779B97F4A7C15ULL; /* splitmix64 */
        start = (start ^ (start >> 30)) * 0xBF58476D1CE4E5B9ULL;
        start = (start ^ (start >> 27)) * 0x94D049BB133111EBULL;
        m->streams[use] = start ^ (start >> 31);
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
