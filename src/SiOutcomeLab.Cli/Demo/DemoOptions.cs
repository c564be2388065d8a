using SiOutcomeLab.Cli.Words;

namespace SiOutcomeLab.Cli.Demo;

/// <summary>How a demo is run.</summary>
internal sealed record DemoOptions
{
    /// <summary>True to leave the hub serving until cancelled.</summary>
    public bool Keep { get; init; }

    /// <summary>True for one JSON document on standard output.</summary>
    public bool Json { get; init; }

    /// <summary>The hub's data folder; null for a temporary one that is removed afterwards.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The folder that holds <c>nsw</c> and <c>made-country</c>; null for the one beside the program.</summary>
    public string? Datasets { get; init; }

    /// <summary>The language of texts for people.</summary>
    public Language Language { get; init; } = Language.Swedish;

    /// <summary>How long the scheduled runs may take together.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(100);
}
