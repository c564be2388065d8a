using Microsoft.AspNetCore.Connections;

namespace SiOutcomeLab.Cli.Failures;

/// <summary>Tells the exceptions with which a hub says that it cannot start.</summary>
internal static class HubStart
{
    // The storage room is behind the hub: its exception is known by name, not by reference.
    private const string FolderInUse = "DataFolderInUseException";

    public static bool IsStartFailure(Exception exception) =>
        exception is AddressInUseException
        || exception.InnerException is AddressInUseException
        || exception.GetType().Name is FolderInUse or "CatalogueOpenException";
}
