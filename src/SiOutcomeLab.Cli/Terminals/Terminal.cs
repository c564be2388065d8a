using Spectre.Console;
using SiOutcomeLab.Cli.Words;

namespace SiOutcomeLab.Cli.Terminals;

/// <summary>Where a command writes: results to one writer, progress and errors to another, in one language.</summary>
internal sealed class Terminal
{
    private const int PlainWidth = 100;

    /// <param name="output">Results.</param>
    /// <param name="error">Progress and errors.</param>
    /// <param name="language">The reader's language.</param>
    /// <param name="isErrorInteractive">True when progress may be drawn over itself.</param>
    /// <param name="hasColour">False under NO_COLOR and in a file.</param>
    public Terminal(TextWriter output, TextWriter error, Language language, bool isErrorInteractive = false, bool hasColour = false)
    {
        Out = output;
        Error = error;
        Language = language;
        IsInteractive = isErrorInteractive;
        HasColour = hasColour;
    }

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    public Language Language { get; }

    public bool IsInteractive { get; }

    public bool HasColour { get; }

    /// <summary>The process's own streams.</summary>
    public static Terminal OfProcess(Language language) => new(
        Console.Out,
        Console.Error,
        language,
        isErrorInteractive: !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
        hasColour: !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    /// <summary>The same streams in another language.</summary>
    public Terminal In(Language language) => new(Out, Error, language, IsInteractive, HasColour);

    public string Pick(string sv, string en) => Language.Pick(sv, en);

    public string Pick(Domain.BilingualText text) => Language.Pick(text);

    public void Line(string text = "") => Out.WriteLine(text);

    /// <summary>A line for whoever waits; never among the results.</summary>
    public void Note(string text) => Error.WriteLine(text);

    /// <summary>A console that draws progress on the error stream.</summary>
    public IAnsiConsole ProgressConsole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Error),
            Ansi = IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = HasColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = IsInteractive ? InteractionSupport.Yes : InteractionSupport.No,
        });
        if (!IsInteractive) console.Profile.Width = PlainWidth;
        return console;
    }
}
