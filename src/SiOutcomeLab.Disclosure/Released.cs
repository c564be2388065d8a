namespace SiOutcomeLab.Disclosure;

/// <summary>
/// A value that has passed disclosure control under a named rule version. Only this assembly can make one, so whoever holds one
/// need not ask whether it may be shown — only to whom.
/// </summary>
/// <typeparam name="T">The released value's type.</typeparam>
public sealed class Released<T>
    where T : notnull
{
    internal Released(T value, Audience audience, string ruleVersion)
    {
        Value = value;
        Audience = audience;
        RuleVersion = ruleVersion;
    }

    /// <summary>The value as it may be shown.</summary>
    public T Value { get; }

    /// <summary>The widest audience that may see it.</summary>
    public Audience Audience { get; }

    /// <summary>The rules it passed, e.g. <c>standard-1</c>.</summary>
    public string RuleVersion { get; }
}
