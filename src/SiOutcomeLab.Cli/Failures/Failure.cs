using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Cli.Failures;

/// <summary>A failure as it is told: what was wrong, what to do, and where.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="What">What was wrong.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="Details">Fields, files or places concerned, as given by whoever found them; may be empty.</param>
internal sealed record Failure(ExitCode Code, BilingualText What, BilingualText Remedy, IReadOnlyList<string> Details)
{
    /// <summary>Points of the failure in the reader's language, told before the details; may be empty.</summary>
    public IReadOnlyList<BilingualText> Points { get; init; } = [];
}

/// <summary>Ends a command with a failure that is told to the user.</summary>
internal sealed class CommandException(ExitCode code, BilingualText what, BilingualText remedy, params IReadOnlyList<string> details)
    : Exception(what.En)
{
    public Failure Failure { get; } = new(code, what, remedy, details);
}
