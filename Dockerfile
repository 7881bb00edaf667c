# One small container with everything: the registry's program, its database on a volume.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY Registry.csproj packages.lock.json global.json .editorconfig ./
COPY Endpoints/Pages/Licenses.targets Endpoints/Pages/
RUN dotnet restore Registry.csproj --locked-mode
COPY . .
RUN dotnet publish Registry.csproj --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
RUN mkdir /data && chown "$APP_UID" /data
# The address is SERVER_PORT's business; the image's own default would only warn that it is overridden.
ENV ASPNETCORE_HTTP_PORTS= \
    SERVER_PORT=8080 \
    SQLALCHEMY_DATABASE_URI=sqlite:////data/registry.db
USER $APP_UID
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=10s CMD ["dotnet", "/app/Registry.dll", "health"]
ENTRYPOINT ["dotnet", "/app/Registry.dll"]
