namespace SiOutcomeLab.Statistics.Effects.Survival;

/// <summary>
/// One group's event times with weights at risk, and the influence of its rows on functionals of the curve. With a(u) a functional's
/// derivative by −log S at time u, row i adds wᵢ (C(tᵢ) − [event] a(tᵢ)/(Y − d)) where C(t) = Σ_{u ≤ t} a d/(Y (Y − d)): martingale
/// residuals, one pass.
/// </summary>
internal sealed class RiskTable
{
    private readonly double[] _time;
    private readonly bool[] _happened;
    private readonly double[] _weights;

    private RiskTable(double[] time, bool[] happened, double[] weights, int[] rows, double[] times, double[] atRisk, double[] events)
    {
        (_time, _happened, _weights) = (time, happened, weights);
        (Rows, Times, AtRisk, Events) = (rows, times, atRisk, events);
        Survival = new double[times.Length];
        var survival = 1.0;
        for (var k = 0; k < times.Length; k++)
        {
            // A last event of all at risk ends the curve at 0, without a rounding left over.
            survival = IsLast(k) ? 0 : survival * (1 - (events[k] / atRisk[k]));
            Survival[k] = survival;
        }
    }

    /// <summary>Rows of the group with weight, by time.</summary>
    public int[] Rows { get; }

    public double[] Times { get; }

    public double[] AtRisk { get; }

    public double[] Events { get; }

    public double[] Survival { get; }

    public double Longest => _time[Rows[^1]];

    /// <summary>True when the group's last time ends with a censoring, so that the curve is not known beyond it.</summary>
    public bool EndsCensored => Survival.Length == 0 || Survival[^1] > 0;

    public static RiskTable Of(
        ReadOnlySpan<double> time, ReadOnlySpan<bool> happened, ReadOnlySpan<double> weights, ReadOnlySpan<bool> treated, bool arm)
    {
        List<int> kept = [];
        for (var i = 0; i < time.Length; i++)
        {
            if (treated[i] == arm && weights[i] > 0) kept.Add(i);
        }

        var (t, e, w) = (time.ToArray(), happened.ToArray(), weights.ToArray());
        int[] rows = [.. kept];
        // By time and row, so that sums have one order whatever the sort does with ties.
        Array.Sort(rows, (a, b) => t[a] != t[b] ? t[a].CompareTo(t[b]) : a.CompareTo(b));
        List<double> times = [], atRisk = [], events = [];
        // From the end, so that the weight at risk is a sum of those left and not a difference that rounds.
        var left = 0.0;
        for (var last = rows.Length - 1; last >= 0;)
        {
            var now = t[rows[last]];
            var happening = 0.0;
            for (; last >= 0 && t[rows[last]] == now; last--)
            {
                left += w[rows[last]];
                if (e[rows[last]]) happening += w[rows[last]];
            }

            if (happening == 0) continue;
            times.Add(now);
            atRisk.Add(left);
            events.Add(happening);
        }

        times.Reverse();
        atRisk.Reverse();
        events.Reverse();
        return new RiskTable(t, e, w, rows, [.. times], [.. atRisk], [.. events]);
    }

    /// <summary>∫₀^τ S(t) dt, and for each event time up to τ the part of it that lies after.</summary>
    public (double Mean, double[] After) RestrictedMean(double horizon)
    {
        var after = new double[Times.Length];
        var (end, area) = (horizon, 0.0);
        for (var k = Times.Length - 1; k >= 0; k--)
        {
            if (Times[k] > horizon) continue;
            area += Survival[k] * (end - Times[k]);
            after[k] = area;
            end = Times[k];
        }

        return (area + end, after);
    }

    /// <summary>Survival at a horizon, and its derivative by −log S at each event time up to it.</summary>
    public (double Survival, double[] After) SurvivalAt(double horizon)
    {
        var survival = 1.0;
        var steps = 0;
        for (; steps < Times.Length && Times[steps] <= horizon; steps++) survival = Survival[steps];
        var after = new double[Times.Length];
        after.AsSpan(0, steps).Fill(survival);
        return (survival, after);
    }

    /// <summary>Adds each row's influence, per unit of its weight, on a functional with these derivatives.</summary>
    /// <param name="after">a(u) per event time; 0 beyond the horizon.</param>
    /// <param name="perWeight">One value per row of the whole sample.</param>
    public void AddInfluence(double[] after, Span<double> perWeight)
    {
        var (step, carried) = (0, 0.0);
        foreach (var row in Rows)
        {
            // Rows are in the order of time: events at their own time are behind them or with them.
            for (; step < Times.Length && Times[step] <= _time[row]; step++)
            {
                if (!IsLast(step)) carried += after[step] * Events[step] / (AtRisk[step] * (AtRisk[step] - Events[step]));
            }

            perWeight[row] += carried;
            if (_happened[row] && !IsLast(step - 1)) perWeight[row] -= after[step - 1] / (AtRisk[step - 1] - Events[step - 1]);
        }
    }

    /// <summary>Standard errors of survival and cumulative hazard after each event time, from the rows' influences.</summary>
    public void AccumulatedErrors(double[] survival, double[] hazard)
    {
        // Σ over rows of (Σ_{u ≤ t} wᵢ (dNᵢ − Yᵢ d/Y)/D)²: residuals at different times are uncorrelated only without weights, so the
        // squares are carried as Σ w² of rows at risk, of events, and of the running carry.
        var (own, cumulative) = (new double[_time.Length], new double[_time.Length]);
        var (s, h) = (0.0, 0.0);
        var (survivalSquares, hazardSquares) = (0.0, 0.0);
        var from = 0;
        // Sums over rows still at risk: with everybody's carry the same, their squares are carry² Σ w².
        var squares = 0.0;
        foreach (var row in Rows) squares += _weights[row] * _weights[row];
        for (var k = 0; k < Times.Length; k++)
        {
            for (; from < Rows.Length && _time[Rows[from]] < Times[k]; from++) Leave(Rows[from]);
            if (!IsLast(k)) s += Events[k] / (AtRisk[k] * (AtRisk[k] - Events[k]));
            h += Events[k] / (AtRisk[k] * AtRisk[k]);
            for (; from < Rows.Length && _time[Rows[from]] == Times[k]; from++)
            {
                var row = Rows[from];
                if (_happened[row])
                {
                    own[row] = IsLast(k) ? 0 : -1 / (AtRisk[k] - Events[k]);
                    cumulative[row] = -1 / AtRisk[k];
                }

                Leave(row);
            }

            survival[k] = IsLast(k) ? double.NaN : Survival[k] * Math.Sqrt(survivalSquares + (s * s * squares));
            hazard[k] = Math.Sqrt(hazardSquares + (h * h * squares));
        }

        void Leave(int row)
        {
            var weight = _weights[row] * _weights[row];
            survivalSquares += weight * (s + own[row]) * (s + own[row]);
            hazardSquares += weight * (h + cumulative[row]) * (h + cumulative[row]);
            squares = Math.Max(0, squares - weight);
        }
    }

    private bool IsLast(int step) => AtRisk[step] - Events[step] <= 1e-12 * AtRisk[step];
}
