using SiOutcomeLab.Storage;
using SiOutcomeLab.Storage.Keys;

namespace SiOutcomeLab.Hub.Operation;

/// <summary>The keys of a hub that starts for the first time.</summary>
internal static class HubKeySetUp
{
    /// <summary>
    /// Makes the key file of a hub without data; null when there are data, or a key file. It comes before the catalogue: a start that is
    /// cut short leaves a key without data, never data without a key. Hubs that share a catalogue share one key file, which is made once,
    /// by hand, and copied: none is made here.
    /// </summary>
    /// <exception cref="HubKeyException">The file cannot be made there.</exception>
    public static HubKeyRing? MakeForNewHub(HubOptions options, DataFolder folder, TimeProvider time) =>
        options.IsShared || File.Exists(options.KeyPath()) || File.Exists(folder.CataloguePath) ? null : HubKeyRing.Create(options.KeyPath(), folder.Path, time);
}
