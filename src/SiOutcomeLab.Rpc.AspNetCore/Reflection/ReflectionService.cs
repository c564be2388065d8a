using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary><c>grpc.reflection.v1</c>: tells clients without stubs what can be called.</summary>
internal sealed class ReflectionService(GrpcMethodRegistry registry) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        var index = new SymbolIndex(registry.Services);
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            var response = Answer(index, request);
            response.ValidHost = request.Host;
            response.OriginalRequest = request;
            await responseStream.WriteAsync(response, context.CancellationToken);
        }
    }

    private ServerReflectionResponse Answer(SymbolIndex index, ServerReflectionRequest request) => request.MessageRequestCase switch
    {
        ServerReflectionRequest.MessageRequestOneofCase.ListServices => ListServices(),
        ServerReflectionRequest.MessageRequestOneofCase.FileByFilename => Files(index.FileByName(request.FileByFilename)),
        ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol => Files(index.FileBySymbol(request.FileContainingSymbol)),
        ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension => Files(
            index.FileByExtension(request.FileContainingExtension.ContainingType, request.FileContainingExtension.ExtensionNumber)),
        ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType => Extensions(index, request.AllExtensionNumbersOfType),
        _ => Error(StatusCode.Unimplemented, "Unknown kind of request."),
    };

    private ServerReflectionResponse ListServices()
    {
        var list = new ListServiceResponse();
        list.Service.AddRange(registry.ServiceNames.Select(name => new ServiceResponse { Name = name }));
        return new ServerReflectionResponse { ListServicesResponse = list };
    }

    private static ServerReflectionResponse Files(FileDescriptor? file)
    {
        if (file is null) return Error(StatusCode.NotFound, "Not found.");
        var files = new FileDescriptorResponse();
        files.FileDescriptorProto.AddRange(SymbolIndex.WithImports(file).Select(f => f.SerializedData));
        return new ServerReflectionResponse { FileDescriptorResponse = files };
    }

    private static ServerReflectionResponse Extensions(SymbolIndex index, string type)
    {
        if (!index.Knows(type)) return Error(StatusCode.NotFound, "Not found.");
        var numbers = new ExtensionNumberResponse { BaseTypeName = type };
        numbers.ExtensionNumber.AddRange(index.ExtensionNumbers(type));
        return new ServerReflectionResponse { AllExtensionNumbersResponse = numbers };
    }

    private static ServerReflectionResponse Error(StatusCode code, string message) =>
        new() { ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message } };
}
