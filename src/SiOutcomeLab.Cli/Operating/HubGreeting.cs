using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Hub;

namespace SiOutcomeLab.Cli.Operating;

/// <summary>What a hub that has started tells whoever started it.</summary>
internal static class HubGreeting
{
    public static void Write(Terminal terminal, RunningHub hub, HubOptions options, bool isKeyNew)
    {
        terminal.Line($"gRPC  {hub.GrpcAddress.GetLeftPart(UriPartial.Authority)}");
        terminal.Line($"JSON  {hub.JsonAddress.GetLeftPart(UriPartial.Authority)}");
        var note = isKeyNew ? terminal.Pick(" (ny: säkerhetskopiera den, skild från data)", " (new: back it up, apart from the data)") : string.Empty;
        terminal.Line($"{terminal.Pick("nyckel", "key")}  {options.KeyPath()}{note}");
    }
}
