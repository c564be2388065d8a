using Grpc.Core;
using SiOutcomeLab.Cli.Failures;

namespace SiOutcomeLab.Cli.Pushing;

/// <summary>Ends of a push that are told by this side.</summary>
internal static class PushFailures
{
    public static CommandException GaveUp(RpcException last, TimeSpan after) => new(
        ExitCode.GaveUp,
        new(
            $"Inget mer har nått hubben på {Minutes(after, "minuter")}, så försöken är slut.",
            $"Nothing more has reached the hub for {Minutes(after, "minutes")}, so the attempts end."),
        new(
            "Kör samma kommando igen när förbindelsen är tillbaka: det som har kommit fram skickas inte om.",
            "Run the same command again when the line is back: what has arrived is not sent again."),
        RetryRule.ReasonOf(last) ?? $"{last.StatusCode}: {last.Status.Detail}");

    public static CommandException NotAsDeclared(string path, long declared, long found) => new(
        ExitCode.Refused,
        new(
            "Filen har en annan längd än manifestet anger; inget skickades.",
            "The file has another length than the manifest states; nothing was sent."),
        new("Gör om manifestet från den fil som skickas.", "Make the manifest anew from the file that is sent."),
        $"{path}: {found} B, manifest: {declared} B");

    private static string Minutes(TimeSpan time, string minutes) =>
        time < TimeSpan.FromMinutes(2) ? $"{time.TotalSeconds:0} s" : $"{time.TotalMinutes:0} {minutes}";

    /// <summary>What the manifest describes has been received, and the file is another now.</summary>
    public static CommandException NotAsReceived(string path) => new(
        ExitCode.Refused,
        new($"Det manifestet beskriver är redan mottaget, men {path} är en annan fil än den som togs emot.",
            $"What the manifest describes has been received already, but {path} is another file than the one that was taken."),
        new("Skriv ett nytt manifest för den nya filen (silab pseudonymise gör det), eller lägg tillbaka den gamla filen.",
            "Write a new manifest for the new file (silab pseudonymise does), or put the old file back."));
}
