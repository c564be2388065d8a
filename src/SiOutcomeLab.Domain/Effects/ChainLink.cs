namespace SiOutcomeLab.Domain.Effects;

/// <summary>A link of the chain from rows to kronor by which an effect is explained. Order and numbers are the wire's.</summary>
public enum ChainLink
{
    /// <summary>The submissions that were read.</summary>
    Rows = 1,

    /// <summary>The plan that was locked.</summary>
    Plan = 2,

    /// <summary>Who was left, step by step.</summary>
    Persons = 3,

    /// <summary>Whom they are compared with, and how they are made alike.</summary>
    Comparison = 4,

    /// <summary>How alike they became.</summary>
    Balance = 5,

    /// <summary>The estimate.</summary>
    Estimate = 6,

    /// <summary>What the disclosure gate did with it.</summary>
    Gate = 7,

    /// <summary>What it comes to in kronor.</summary>
    Kronor = 8,

    /// <summary>With what code and seed it was computed.</summary>
    Computation = 9,
}

/// <summary>The chain and the headings of its links, wherever it is told.</summary>
public static class ChainLinks
{
    /// <summary>Every link, in the chain's order.</summary>
    public static IReadOnlyList<ChainLink> All { get; } = Enum.GetValues<ChainLink>();

    /// <summary>A link's heading; null for a link that a later version has added.</summary>
    public static BilingualText? HeadingOf(ChainLink link) => link switch
    {
        ChainLink.Rows => new("Raderna", "The rows"),
        ChainLink.Plan => new("Planen", "The plan"),
        ChainLink.Persons => new("Personerna", "The persons"),
        ChainLink.Comparison => new("Jämförelsen", "The comparison"),
        ChainLink.Balance => new("Likheten", "The balance"),
        ChainLink.Estimate => new("Skattningen", "The estimate"),
        ChainLink.Gate => new("Röjandekontrollen", "The disclosure gate"),
        ChainLink.Kronor => new("Kronorna", "The kronor"),
        ChainLink.Computation => new("Beräkningen", "The computation"),
        _ => null,
    };
}
