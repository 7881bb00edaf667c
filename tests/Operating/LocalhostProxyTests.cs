using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qhana.Registry.Endpoints;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Operating;

/// <summary>
/// Requests to ports of the container's own localhost, passed on to the host machine. 127.0.0.1 plays the container here and
/// 127.0.0.2 the host machine.
/// </summary>
public sealed class LocalhostProxyTests : IAsyncLifetime
{
    private readonly int _port = RegistryProgram.FreePort();
    private readonly int _idlePort = RegistryProgram.FreePort();
    private WebApplication? _host;
    private WebApplication? _container;
    private string? _seen;

    private string Own => _container!.Urls.Single(u => !u.EndsWith($":{_port}", StringComparison.Ordinal) && !u.EndsWith($":{_idlePort}", StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        _host = Listening(new IPEndPoint(IPAddress.Parse("127.0.0.2"), _port));
        _host.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var request = context.Request;
            _seen = $"{request.Method} {request.Path}{request.QueryString} {request.Headers["X-Test"]} {request.ContentType} {await reader.ReadToEndAsync(context.RequestAborted)}";
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
            context.Response.Headers["X-Answer"] = "from the host";
            context.Response.Headers.Location = "/elsewhere";
            await context.Response.WriteAsync("tea", context.RequestAborted);
        });
        await _host.StartAsync(TestContext.Current.CancellationToken);

        _container = Listening(
            new IPEndPoint(IPAddress.Loopback, _port), new IPEndPoint(IPAddress.Loopback, _idlePort), new IPEndPoint(IPAddress.Loopback, 0));
        _container.UseLocalhostProxy(new ServerOptions { LocalhostProxyPorts = [_port, _idlePort], LocalhostProxyTarget = "127.0.0.2" });
        _container.Run(context => context.Response.WriteAsync("the registry itself", context.RequestAborted));
        await _container.StartAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_Request_Arrives_With_Method_Path_Query_Headers_And_Body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"http://127.0.0.1:{_port}/plugins/a%2Fb@v1/?x=1&y=%C3%A4")
        {
            Content = new StringContent("a body", Encoding.UTF8, MediaTypeHeaderValue.Parse("text/x-test")),
        };
        request.Headers.Add("X-Test", "a header");

        var answer = await RawRequests.SendRawAsync(request);

        Assert.Equal("PATCH /plugins/a%2Fb@v1/?x=1&y=%C3%A4 a header text/x-test a body", _seen);
        Assert.Equal((418, "tea"), (answer.Code, answer.Text));
        Assert.Equal(("from the host", "/elsewhere"), (answer.Header("X-Answer"), answer.Header("Location")));
    }

    [Fact]
    public async Task Requests_To_Other_Ports_Are_Not_Passed_On()
    {
        var answer = await RawRequests.GetRawAsync(Own + "/plugins/", ("Host", $"localhost:{_port}"));

        Assert.Equal((200, "the registry itself"), (answer.Code, answer.Text));
        Assert.Null(_seen);
    }

    [Fact]
    public async Task Where_Nobody_Is_There_The_Answer_Is_A_Problem()
    {
        var answer = await RawRequests.GetRawAsync($"http://127.0.0.1:{_idlePort}/plugins/");

        Assert.Equal((502, "application/problem+json"), (answer.Code, answer.Header("Content-Type")));
        Assert.Contains($"127.0.0.2:{_idlePort}", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Ports_That_Are_Set_Are_Listened_To_And_Lead_To_The_Host_Machine()
    {
        using var folder = new TestFolder();
        // Nobody listens there on a host machine either, where the tests run in a container that has one.
        var port = RegistryProgram.FreePort();
        using var program = await new RegistryProgram(folder, "--urls=http://127.0.0.1:0").With("LOCALHOST_PROXY_PORTS", $":{port}").ServeAsync();

        var passedOn = await RawRequests.GetRawAsync($"http://127.0.0.1:{port}/api/");
        var ordinary = await RawRequests.GetRawAsync(program.Addresses.Single(a => !a.EndsWith($":{port}", StringComparison.Ordinal)) + "/api/");

        Assert.Equal(502, passedOn.Code);
        Assert.Contains($"host.docker.internal:{port}", passedOn.Text, StringComparison.Ordinal);
        Assert.Equal(200, ordinary.Code);
    }

    public async ValueTask DisposeAsync()
    {
        await _container!.DisposeAsync();
        await _host!.DisposeAsync();
    }

    private static WebApplication Listening(params IPEndPoint[] addresses)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddLocalhostProxy();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            foreach (var address in addresses)
                kestrel.Listen(address);
        });
        return builder.Build();
    }
}
