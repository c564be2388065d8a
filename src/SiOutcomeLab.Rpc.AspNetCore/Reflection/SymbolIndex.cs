using Google.Protobuf.Reflection;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>Files, symbols and extensions that some services reach.</summary>
internal sealed class SymbolIndex
{
    private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, int Number), FileDescriptor> _extensions = [];

    public SymbolIndex(IEnumerable<ServiceDescriptor> services)
    {
        foreach (var service in services)
        {
            Add(service.File);
        }
    }

    public FileDescriptor? FileByName(string name) => _files.GetValueOrDefault(name);

    public FileDescriptor? FileBySymbol(string symbol) => _symbols.GetValueOrDefault(symbol);

    public FileDescriptor? FileByExtension(string type, int number) => _extensions.GetValueOrDefault((type, number));

    public IEnumerable<int> ExtensionNumbers(string type) => _extensions.Keys.Where(k => k.Type == type).Select(k => k.Number).Order();

    /// <summary>Whether a message type is known, also one without extensions.</summary>
    public bool Knows(string type) => _symbols.ContainsKey(type);

    /// <summary>A file after all that it imports.</summary>
    public static IReadOnlyList<FileDescriptor> WithImports(FileDescriptor file)
    {
        var found = new List<FileDescriptor>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Visit(file);
        return found;

        void Visit(FileDescriptor f)
        {
            if (!seen.Add(f.Name)) return;
            foreach (var import in f.Dependencies)
            {
                Visit(import);
            }

            found.Add(f);
        }
    }

    private void Add(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file)) return;
        foreach (var import in file.Dependencies)
        {
            Add(import);
        }

        foreach (var service in file.Services)
        {
            _symbols[service.FullName] = file;
            foreach (var method in service.Methods)
            {
                _symbols[method.FullName] = file;
            }
        }

        foreach (var message in file.MessageTypes)
        {
            Add(file, message);
        }

        foreach (var enumeration in file.EnumTypes)
        {
            Add(file, enumeration);
        }

        AddExtensions(file, file.Extensions);
    }

    private void Add(FileDescriptor file, MessageDescriptor message)
    {
        _symbols[message.FullName] = file;
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            _symbols[field.FullName] = file;
        }

        foreach (var nested in message.NestedTypes)
        {
            Add(file, nested);
        }

        foreach (var enumeration in message.EnumTypes)
        {
            Add(file, enumeration);
        }

        AddExtensions(file, message.Extensions);
    }

    private void Add(FileDescriptor file, EnumDescriptor enumeration)
    {
        _symbols[enumeration.FullName] = file;
        // Values are named beside their enum, not inside it, as protobuf inherited from C++; C#'s own FullName differs.
        var scope = enumeration.ContainingType?.FullName ?? file.Package;
        foreach (var value in enumeration.Values)
        {
            _symbols[scope.Length == 0 ? value.Name : $"{scope}.{value.Name}"] = file;
        }
    }

    private void AddExtensions(FileDescriptor file, ExtensionCollection extensions)
    {
        foreach (var extension in extensions.UnorderedExtensions)
        {
            _symbols[extension.FullName] = file;
            _extensions[(extension.ExtendeeType.FullName, extension.FieldNumber)] = file;
        }
    }
}
