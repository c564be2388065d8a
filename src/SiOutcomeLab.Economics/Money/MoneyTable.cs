using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Money;

/// <summary>What one actor pays: resources, transfers and both together.</summary>
/// <param name="Actor">The actor.</param>
/// <param name="Real">Resources.</param>
/// <param name="Transfers">Transfers paid; below zero for who receives them.</param>
/// <param name="Together">What passes through the actor's purse.</param>
/// <param name="Contributors">How many stand behind it.</param>
public sealed record ActorAmount(
    Actor Actor, MoneyEstimate Real, MoneyEstimate Transfers, MoneyEstimate Together, Contributors Contributors);

/// <summary>What falls on one budget item.</summary>
/// <param name="Item">The budget item.</param>
/// <param name="Amount">Kronor.</param>
/// <param name="Contributors">How many stand behind it.</param>
public sealed record BudgetItemAmount(BudgetItem Item, MoneyEstimate Amount, Contributors Contributors);

/// <summary>How many of the kronor rest on what.</summary>
/// <param name="Provenance">The mark.</param>
/// <param name="Amount">Kronor that carry it; what is received is not counted once more.</param>
public sealed record ProvenanceAmount(Provenance Provenance, MoneyEstimate Amount);

/// <summary>
/// Amounts by line, and any sum of them with an interval that counts the covariance of measures on the same persons. Points add up exactly:
/// the lines to the budget items, the budget items to the actors, the actors to the whole.
/// </summary>
public sealed class MoneyTable
{
    private readonly JointUncertainty _uncertainty;
    private readonly double _level;
    private readonly int _quantities;

    internal MoneyTable(IEnumerable<LineDraft> drafts, QuantitySet quantities, double level)
    {
        (_uncertainty, _quantities, _level) = (quantities.Uncertainty, quantities.Quantities.Count, level);
        Lines =
        [
            .. drafts
                .OrderBy(d => d.Quantity.Measure.Code, StringComparer.Ordinal)
                .ThenBy(d => d.EventYear)
                .ThenBy(d => d.UnitCost, StringComparer.Ordinal)
                .ThenBy(d => d.Item.Actor)
                .ThenBy(d => d.Item.Code, StringComparer.Ordinal)
                .ThenBy(d => d.IsReceipt)
                .ThenBy(d => d.Quantity.EventYear)
                .Select(Line),
        ];
    }

    /// <summary>Every amount, by measure, event year, unit cost, actor and budget item.</summary>
    public IReadOnlyList<MoneyLine> Lines { get; }

    /// <summary>What it is to society: resources only, since what one pays as a transfer another receives.</summary>
    public MoneyEstimate Society => Sum(static _ => true);

    /// <summary>Resources, whoever bears them.</summary>
    public MoneyEstimate Real => Sum(static l => l.Kind == ResourceKind.Real);

    /// <summary>What payers pay, resources and transfers together.</summary>
    public MoneyEstimate Paid => Sum(static l => !l.IsReceipt);

    /// <summary>Transfers paid, whoever pays them.</summary>
    public MoneyEstimate TransfersPaid => Sum(static l => l.Kind == ResourceKind.Transfer && !l.IsReceipt);

    /// <summary>What passes through public purses: resources and transfers of municipalities, regions and the state.</summary>
    public MoneyEstimate PublicPurse => Sum(static l => l.Item.Actor.IsPublic());

    /// <summary>By actor, in the actors' order; only those with a line.</summary>
    public IReadOnlyList<ActorAmount> ByActor =>
    [
        .. Lines.Select(l => l.Item.Actor).Distinct().Order().Select(actor => new ActorAmount(
            actor,
            Sum(l => l.Item.Actor == actor && l.Kind == ResourceKind.Real),
            Sum(l => l.Item.Actor == actor && l.Kind == ResourceKind.Transfer),
            Sum(l => l.Item.Actor == actor),
            ContributorsTo(l => l.Item.Actor == actor))),
    ];

    /// <summary>By budget item, in the order of actors and codes; only those with a line.</summary>
    public IReadOnlyList<BudgetItemAmount> ByBudgetItem =>
    [
        .. Lines.Select(l => l.Item).Distinct().OrderBy(i => i.Actor).ThenBy(i => i.Code, StringComparer.Ordinal)
            .Select(item => new BudgetItemAmount(item, Sum(l => l.Item == item), ContributorsTo(l => l.Item == item))),
    ];

    /// <summary>By what the kronor rest on; only marks that occur.</summary>
    public IReadOnlyList<ProvenanceAmount> ByProvenance =>
    [
        .. Lines.Where(l => !l.IsReceipt).Select(l => l.Provenance).Distinct().Order()
            .Select(mark => new ProvenanceAmount(mark, Sum(l => l.Provenance == mark && !l.IsReceipt))),
    ];

    /// <summary>The sum of the lines that are asked for, with the interval of that sum.</summary>
    /// <param name="of">Which lines.</param>
    public MoneyEstimate Sum(Func<MoneyLine, bool> of)
    {
        ArgumentNullException.ThrowIfNull(of);
        var sek = 0m;
        var coefficients = new double[_quantities];
        foreach (var line in Lines)
        {
            if (!of(line)) continue;
            sek += line.Amount.Sek;
            coefficients[line.Quantity] += line.Coefficient;
        }

        return _uncertainty.Around(sek, coefficients, _level);
    }

    /// <summary>How many stand behind the lines that are asked for, on the careful side: the fewest persons, the largest shares.</summary>
    /// <param name="of">Which lines; at least one.</param>
    public Contributors ContributorsTo(Func<MoneyLine, bool> of) => Contributors.BehindAll(Lines.Where(of).Select(l => l.Contributors));

    private MoneyLine Line(LineDraft draft)
    {
        var coefficients = new double[_quantities];
        coefficients[draft.QuantityIndex] = draft.Coefficient;
        return new MoneyLine(
            draft.Quantity.Measure,
            draft.UnitCost,
            draft.Item,
            draft.EventYear,
            draft.Kind,
            draft.IsReceipt,
            draft.Provenance,
            _uncertainty.Around(draft.Sek, coefficients, _level),
            draft.Quantity.Contributors)
        {
            Quantity = draft.QuantityIndex,
            Coefficient = draft.Coefficient,
        };
    }
}
