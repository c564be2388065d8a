using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Cli.Words;

/// <summary>The language a person reads the output in.</summary>
internal enum Language
{
    Swedish = 1,
    English = 2,
}

internal static class LanguageWords
{
    public static string Pick(this Language language, BilingualText text) => language == Language.Swedish ? text.Sv : text.En;

    public static string Pick(this Language language, string sv, string en) => language == Language.Swedish ? sv : en;

    /// <summary>The language that <c>--lang</c> asks for, read before the command line is parsed: help and errors are in it too.</summary>
    public static Language Of(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            var isNext = args[i] == "--lang" && i + 1 < args.Count && args[i + 1] == "en";
            if (isNext || args[i] is "--lang=en" or "--lang:en") return Language.English;
        }

        return Language.Swedish;
    }
}
