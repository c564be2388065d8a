using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Contract;

/// <summary>A table cannot be pseudonymised as a whole. Says what and where, never a row's values.</summary>
public sealed class SourceTableException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="what">What is wrong.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="details">The headings, rows or files concerned.</param>
    public SourceTableException(BilingualText what, BilingualText remedy, params IReadOnlyList<string> details)
        : base(what.En)
    {
        What = what;
        Remedy = remedy;
        Details = details;
    }

    /// <summary>What is wrong.</summary>
    public BilingualText What { get; }

    /// <summary>What to do.</summary>
    public BilingualText Remedy { get; }

    /// <summary>The headings, rows or files concerned.</summary>
    public IReadOnlyList<string> Details { get; }
}
