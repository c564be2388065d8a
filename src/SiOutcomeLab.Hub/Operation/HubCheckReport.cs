using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Hub.Operation;

/// <summary>What a check of one matter came to.</summary>
public enum HubCheckVerdict
{
    /// <summary>In order.</summary>
    Ok = 1,

    /// <summary>Works now, and wants somebody's attention.</summary>
    Warning = 2,

    /// <summary>Not in order.</summary>
    Failed = 3,

    /// <summary>Could not be looked at, because something before it is not in order, or there is nothing to look at.</summary>
    Skipped = 4,
}

/// <summary>One matter of a check.</summary>
/// <param name="Name">Its name, for programs, e.g. <c>lake_objects</c>.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Kind">What kind of failure; null unless it failed.</param>
/// <param name="Text">What was found, and what to do when it is not in order.</param>
/// <param name="Details">Names of objects or keys concerned, or the words of whoever found it; may be empty.</param>
public sealed record HubCheckItem(string Name, HubCheckVerdict Verdict, HubFailureKind? Kind, BilingualText Text, IReadOnlyList<string> Details);

/// <summary>What a check of a hub found.</summary>
/// <param name="Items">Every matter, in the order they were looked at.</param>
public sealed record HubCheckReport(IReadOnlyList<HubCheckItem> Items)
{
    /// <summary>The gravest failure; null when nothing failed. Damage outweighs a key, a key a version, a version the rest.</summary>
    public HubFailureKind? Gravest() => Items.Where(i => i.Kind is not null).Select(i => i.Kind).OrderBy(k => k switch
    {
        HubFailureKind.DataDamaged => 0,
        HubFailureKind.KeyUnusable => 1,
        HubFailureKind.OtherVersion => 2,
        _ => 3,
    }).FirstOrDefault();
}
