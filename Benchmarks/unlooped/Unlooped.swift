import Implementations

@main
struct Unlooped {
    static func main() {
        print(Catalog<Float>.all.map { $0.rung.name })
    }
}
