using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Country.Programme;

/// <summary>A method that many municipalities use; every number of it is invented, and says nothing of the real one with its name.</summary>
public sealed class Method
{
    internal Method(string code, string nameSv, string nameEn)
    {
        Code = code;
        Name = new BilingualText(nameSv, nameEn);
    }

    /// <summary>Its code; also the intervention's code in each municipality.</summary>
    public string Code { get; }

    /// <summary>Its name.</summary>
    public BilingualText Name { get; }

    /// <summary>Whether it truly has no effect, on anything, anywhere.</summary>
    public bool HasNoEffect => Strength.All(s => s == 0);

    /// <summary>Whether groups (school classes) take part together, and share something.</summary>
    public bool IsGroupDelivered { get; internal init; }

    /// <summary>The plan's primary outcome.</summary>
    public required OutcomeDefinition Primary { get; init; }

    /// <summary>The smallest effect worth its money, in the primary outcome's unit.</summary>
    public required double SmallestWorthwhileEffect { get; init; }

    /// <summary>Invented cost per participant, SEK of 2021.</summary>
    public required decimal Cost { get; init; }

    /// <summary>The intervention's code.</summary>
    public InterventionCode Intervention => new(Code);

    /// <summary>The effect on each measure's index η, measure by measure of its population, before municipality and person multiply it.</summary>
    internal double[] Strength { get; init; } = [];

    /// <summary>What moves the log odds of starting: each measure's value one quarter before, and two.</summary>
    internal double[] NeedLag1 { get; init; } = [];

    internal double[] NeedLag2 { get; init; } = [];

    internal double NeedWoman { get; init; }

    internal double NeedSingle { get; init; }

    internal double NeedCompulsory { get; init; }

    /// <summary>Per year of birth after the middle of the population's years.</summary>
    internal double NeedYear { get; init; }

    /// <summary>The measure (by its place) that the target group also goes by, one quarter before the start; −1 for none.</summary>
    internal int TargetMeasure { get; init; } = -1;

    internal double? TargetMinimum { get; init; }

    internal double? TargetMaximum { get; init; }

    internal bool InTarget(double lag1) => !(lag1 < TargetMinimum) && !(lag1 > TargetMaximum);
}
